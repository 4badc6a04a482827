/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters and pixels in every graphics mode, bit by bit in video memory; and the stack that INT 10h takes. */
#include "video.h"
#include "hw/vga.h"

#define GC_READ_PLANE   4
#define VECTOR_FONT     0x43
#define MODE_800        0x6A

enum layout { CGA4, CGA2, PLANES, BYTES };
static const struct { u8 mode, layout; u16 width, height; } modes[] = {
    { 0x04, CGA4, 320, 200 }, { 0x06, CGA2, 640, 200 }, { 0x0D, PLANES, 320, 200 }, { 0x0E, PLANES, 640, 200 },
    { 0x10, PLANES, 640, 350 }, { 0x12, PLANES, 640, 480 }, { 0x13, BYTES, 320, 200 }, { MODE_800, PLANES, 800, 600 },
};

static u8 planes_at(u16 pitch, u16 x, u16 y)
{
    u8 colour = 0;

    for (u8 plane = 0; plane < 4; plane++) {
        outb(VGA_GC, GC_READ_PLANE);
        outb(VGA_GC + 1, plane);
        colour |= (u8)((far_read8(SEG_VGA, (u16)(y * pitch + x / 8)) >> (7 - x % 8) & 1) << plane);
    }
    return colour;
}

/* The colour at a place, from memory. */
static u8 colour_at(u32 i, u16 x, u16 y)
{
    u16 cga = (u16)((y & 1) * 0x2000 + y / 2 * 80);

    switch (modes[i].layout) {
    case CGA4: return far_read8(SEG_TEXT, (u16)(cga + x / 4)) >> (6 - x % 4 * 2) & 3;
    case CGA2: return far_read8(SEG_TEXT, (u16)(cga + x / 8)) >> (7 - x % 8) & 1;
    case PLANES: return planes_at((u16)(modes[i].width / 8), x, y);
    default: return far_read8(SEG_VGA, (u16)(y * 320 + x));
    }
}

static u8 colour_of(u32 i)
{
    return modes[i].layout == CGA2 ? 1 : modes[i].layout == CGA4 ? 2 : 13;
}

/* A pixel in each corner and one inside; nothing beside them. */
static u32 pixels_wrong(u32 i)
{
    u16 right = (u16)(modes[i].width - 1), bottom = (u16)(modes[i].height - 1);
    const u16 at[][2] = { { 0, 0 }, { right, 0 }, { 0, bottom }, { right, bottom }, { 101, 67 } };
    u32 wrong = 0;

    for (u32 n = 0; n < ARRAY_SIZE(at); n++) {
        int10(0x0C00 | colour_of(i), 0, at[n][0], at[n][1]);
        wrong += colour_at(i, at[n][0], at[n][1]) != colour_of(i);
        wrong += colour_at(i, at[n][0] ^ 1, at[n][1]) != 0 || colour_at(i, at[n][0], at[n][1] ^ 1) != 0;
    }
    return wrong;
}

/* 'R' in the last column of row 3: the font's bits, and background around them. */
static u32 glyph_wrong(u32 i)
{
    u8 height = far_read8(SEG_BDA, 0x85), column = (u8)(modes[i].width / 8 - 1);
    u16 font = (u16)(far_read16(0, VECTOR_FONT * 4) + 'R' * height), segment = far_read16(0, VECTOR_FONT * 4 + 2);
    u32 wrong = 0;

    int10(0x0200, 0, 0, (u16)(3 << 8 | column));
    int10(0x0900 | 'R', colour_of(i), 1, 0);
    for (u16 y = 0; y < height; y++) {
        u8 row = far_read8(segment, (u16)(font + y));
        for (u16 x = 0; x < 8; x++)
            wrong += colour_at(i, (u16)(column * 8 + x), (u16)(3 * height + y)) != (row >> (7 - x) & 1 ? colour_of(i) : 0);
        wrong += colour_at(i, (u16)(column * 8 - 1), (u16)(3 * height + y)) != 0;
    }
    return wrong;
}

void test_memory(void)
{
    for (u32 i = 0; i < ARRAY_SIZE(modes); i++) {
        set_mode(modes[i].mode);
        u32 pixels = pixels_wrong(i);
        set_mode(modes[i].mode);
        u32 glyph = glyph_wrong(i);
        check_equal(pixels, 0, "pixels in video memory");
        check_equal(glyph, 0, "a character in video memory");
        if (pixels || glyph)
            note("mode", modes[i].mode);
    }
}

/* ---- stack -------------------------------------------------------------------------------- */

#define STACK_LOOK   600    /* bytes below the caller that are looked at */
#define STACK_NEED   320    /* what vgabios/entry.S promises */
#define STACK_CGA    256    /* what WIN.COM of Windows 1.01 leaves for INT 10h 0Eh in mode 06h */
#define STACK_TEXT   144    /* MS-DOS 2.11 writes its banner on a stack of its own */
#define STACK_FILL   0xA5
#define STACK_OWN    100    /* call_bios and its callers */
#define SAVE_STATE   0x1C   /* AH: has its buffer at ES:BX */

static u8 buffer[2048];

/* Bytes of stack that a call takes, the INT's own 6 included. */
static u32 depth(u16 ax, u16 bx, u16 cx, u16 dx)
{
    u16 sp;
    asm volatile("movw %%sp, %0" : "=r"(sp));
    struct regs r = { .eax = ax, .ebx = ax >> 8 == SAVE_STATE ? (u32)buffer : bx, .ecx = cx, .edx = dx, .edi = (u32)buffer, .ebp = (u32)buffer };

    for (u16 at = (u16)(sp - STACK_LOOK); at < sp - STACK_OWN; at++)
        far_write8(0, at, STACK_FILL);
    call_bios(0x10, &r);
    u16 at = (u16)(sp - STACK_LOOK);
    while (at < r.sp_before && far_read8(0, at) == STACK_FILL)
        at++;
    return (u32)(r.sp_before - at);
}

void test_stack(void)
{
    static const u16 calls[][4] = {                        /* AX, BX, CX, DX */
        { 0x03 }, { 0x06 }, { 0x12 }, { 0x0E0A, 7 }, { 0x0951, 7, 80 }, { 0x0601, 0x0700, 0, 0x1D4F }, { 0x1301, 7, 40, 0x1800 },
        { 0x13 }, { 0x0E0A, 7 }, { 0x0C05, 0, 319, 199 }, { 0x03 }, { 0x0E0A, 7 }, { 0x1112 }, { 0x1114 }, { 0x1010, 5, 0, 0 }, { 0x101B, 0, 256 },
        { 0x1B00 }, { 0x1C01, 0, 7 }, { 0x1C02, 0, 7 }, { 0x4F00 }, { 0x4F01, 0, 0x101 }, { 0x4F02, 0x101 }, { 0x0E0A, 7 }, { 0x4F05, 0, 0, 1 },
        { 0x4F06, 0, 704 }, { 0x4F07 }, { 0x4F09, 0, 256 }, { 0x4F0A }, { 0x4F15, 1 }, { 0x4F02, 0x102 }, { 0x03 },
    };
    u32 most = 0, which = 0;

    for (u32 i = 0; i < ARRAY_SIZE(calls); i++) {
        u32 taken = depth(calls[i][0], calls[i][1], calls[i][2], calls[i][3]);
        if (taken > most) {
            most = taken;
            which = calls[i][0];
        }
    }
    check(most < STACK_NEED, "INT 10h takes no more stack than it says");
    note("bytes", most);
    note("in AX", which);
    depth(0x06, 0, 0, 0);
    most = depth(0x0E41, 0xFF, 0, 0);
    check(most <= STACK_CGA, "a character in mode 06h takes no more stack than old programs have");
    note("bytes", most);
    depth(0x03, 0, 0, 0);
    depth(0x0200, 0, 0, 0x1800);
    most = depth(0x0E0A, 7, 0, 0);
    check(most <= STACK_TEXT, "nor a line feed that scrolls in mode 03h");
    note("bytes", most);
    most = depth(0x0E41, 7, 0, 0);
    check(most <= STACK_TEXT, "nor a character there");
    note("bytes", most);
}
