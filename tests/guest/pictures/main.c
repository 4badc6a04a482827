/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A test picture in every mode that the VGA BIOS has. Each is announced on the debug port, "picture MODE WIDTH HEIGHT BITS" in
 * hexadecimal, and stands until a key is pressed: pictures.t looks at the screen meanwhile and knows what must be there.
 *
 * Graphics: a border and a column in the middle of all ones, and from line BAND on, for BAND_LINES, a ramp.
 * Text: every character in every attribute without blinking.
 */
#include "../guest.h"
#include "spec/vbe.h"

#define SEG_BDA     0x0040
#define SEG_VGA     0xA000
#define BDA_COLUMNS 0x4A
#define BAND        8
#define BAND_LINES  2
#define RAMP        0x01030507u     /* direct colour: pixel x of the band is x times this */

struct picture { u16 mode, width, height; u8 bits; };

static struct vbe_info info;
static struct vbe_mode_info mode;
static u8 palette[256][3];

/* INT 10h with ES:DI = 0:at; AX on return. call_bios() writes its own code, which an emulator pays dearly, and pixels are many. */
static u16 int10(u32 ax, u32 bx, u32 cx, u32 dx, const void *at)
{
    asm volatile("int $0x10" : "+a"(ax), "+b"(bx), "+c"(cx), "+d"(dx), "+D"(at) :: "cc", "memory");
    return (u16)ax;
}

static void put_hex(u32 v)
{
    for (s8 shift = 12; shift >= 0; shift -= 4)
        outb(PORT_DEBUG, "0123456789abcdef"[v >> shift & 15]);
}

static void announce(const struct picture *p)
{
    const u16 field[] = { p->mode, p->width, p->height, p->bits };
    struct regs key = { 0 };

    for (const char *s = "picture"; *s; s++)
        outb(PORT_DEBUG, *s);
    for (u32 i = 0; i < ARRAY_SIZE(field); i++) {
        outb(PORT_DEBUG, ' ');
        put_hex(field[i]);
    }
    outb(PORT_DEBUG, '\n');
    call_bios(0x16, &key);
}

/* ---- a pixel: by INT 10h 0Ch, or through the window ------------------------------------------ */

static void pixel_service(const struct picture *p, u16 x, u16 y, u32 value)
{
    int10(0x0C00 | (u8)(value & ((1 << p->bits) - 1)), 0, x, y, 0);
}

static void pixel_window(const struct picture *p, u16 x, u16 y, u32 value)
{
    static u16 current;
    u32 at = (u32)y * mode.pitch + x * ((p->bits + 7u) / 8);

    for (u32 n = p->bits; n && n <= 32; n = n > 8 ? n - 8 : 0, at++, value >>= 8) {
        u16 bank = (u16)(at / 1024 / mode.granularity_kb);
        if (bank != current || (x == 0 && y == 0))
            int10(0x4F05, 0, 0, current = bank, 0);
        far_write8(SEG_VGA, (u16)(at - bank * 1024u * mode.granularity_kb), (u8)value);
    }
}

typedef void pixel_function(const struct picture *p, u16 x, u16 y, u32 value);

/* Line by line: moving the window is dear in an emulator. */
static void draw(const struct picture *p, pixel_function *pixel)
{
    for (u16 y = 0; y < p->height; y++) {
        bool border = y == 0 || y == p->height - 1, band = y >= BAND && y < BAND + BAND_LINES;
        for (u16 x = 0; (border || band) && x < p->width; x++)
            pixel(p, x, y, border ? ~0u : p->bits > 8 ? x * RAMP : x);
        pixel(p, 0, y, ~0u);
        pixel(p, p->width / 2, y, ~0u);
        pixel(p, (u16)(p->width - 1), y, ~0u);
    }
}

/* 256 colours of our own, so that the picture does not depend on the default ones. */
static void set_palette(void)
{
    struct regs r = { .eax = 0x1012, .ecx = 256, .edx = (u32)palette };

    for (u16 i = 0; i < 256; i++) {
        palette[i][0] = (u8)(i >> 2);
        palette[i][1] = (u8)(63 - (i >> 2));
        palette[i][2] = i & 63;
    }
    call_bios(0x10, &r);
}

/* ---- the modes ---------------------------------------------------------------------------------- */

static void text(u16 number)
{
    static const u8 mono[] = { 0x07, 0x0F, 0x70, 0x00 };
    u16 columns;

    int10(number, 0, 0, 0, 0);
    int10(0x0100, 0, 0x2000, 0, 0);          /* no cursor */
    columns = far_read16(SEG_BDA, BDA_COLUMNS);
    for (u16 row = 0; row < 25; row++)
        for (u16 column = 0; column < columns; column++) {
            u8 attribute = number == 7 ? mono[row & 3] : (u8)(((column ^ row) & 15) | (row & 7) << 4);
            int10(0x0200, 0, 0, (u16)(row << 8 | column), 0);
            int10((u16)(0x0900 | (u8)(column + row * 80)), attribute, 1, 0, 0);
        }
    announce(&(struct picture){ number, columns, 25, 0 });
}

static void standard(u16 number, u16 width, u16 height, u8 bits)
{
    struct picture p = { number, width, height, bits };

    int10(number, 0, 0, 0, 0);
    if (bits == 8)
        set_palette();
    draw(&p, pixel_service);
    announce(&p);
}

static void vbe(u16 number)
{
    struct picture p;

    if (int10(0x4F01, 0, number, 0, &mode) != VBE_OK || int10(0x4F02, number, 0, 0, 0) != VBE_OK)
        return;
    p = (struct picture){ number, mode.width, mode.height, mode.bits };
    if (mode.bits == 8)
        set_palette();
    draw(&p, mode.bits == 4 ? pixel_service : pixel_window);
    announce(&p);
}

void guest_main(u8 drive)
{
    static const struct picture graphics[] = {
        { 0x04, 320, 200, 2 }, { 0x05, 320, 200, 2 }, { 0x06, 640, 200, 1 }, { 0x0D, 320, 200, 4 }, { 0x0E, 640, 200, 4 },
        { 0x0F, 640, 350, 1 }, { 0x10, 640, 350, 4 }, { 0x11, 640, 480, 1 }, { 0x12, 640, 480, 4 }, { 0x13, 320, 200, 8 },
        { 0x6A, 800, 600, 4 },
    };
    static const u8 texts[] = { 0, 1, 2, 3, 7 };

    for (u32 i = 0; i < ARRAY_SIZE(texts); i++)
        text(texts[i]);
    for (u32 i = 0; i < ARRAY_SIZE(graphics); i++)
        standard(graphics[i].mode, graphics[i].width, graphics[i].height, graphics[i].bits);
    info.signature = VBE_SIGNATURE_2;
    int10(0x4F00, 0, 0, 0, &info);
    for (u32 i = 0; i < ARRAY_SIZE(info.mode_list) && info.mode_list[i] != 0xFFFF; i++)
        vbe(info.mode_list[i]);
    plan_done();
}
