/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every file of the VGA BIOS shares. The ROM has no memory of its own: C objects live on
 * the caller's stack (DS = ES = SS), constants in the ROM (CS = GS), and all state in the BIOS
 * data area and in the card. Segment 0 (vectors and BIOS data) is reached by fs_low().
 */
#ifndef VGABIOS_H
#define VGABIOS_H

#include "m16/m16.h"
#include "hw/io.h"
#include "hw/vga.h"
#include "spec/bda.h"
#include "spec/vgabios.h"

/* ---- the caller ---------------------------------------------------------------------- */

/* The caller's registers as entry_10 (entry.S) pushes them; what a handler changes, the caller sees. */
struct frame {
    u16 gs, fs, es, ds;
    union { u32 edi; u16 di; };
    union { u32 esi; u16 si; };
    union { u32 ebp; u16 bp; };
    u32 esp;
    REG8_16_32(ebx, bx, bh, bl);
    REG8_16_32(edx, dx, dh, dl);
    REG8_16_32(ecx, cx, ch, cl);
    REG8_16_32(eax, ax, ah, al);
    u16 ip, cs, flags;
} PACKED;
SIZE_ASSERT(struct frame, 46);

/* ---- memory ---------------------------------------------------------------------------- */

#define SEG_VGA_GRAPHICS  0xA000
#define SEG_VGA_MONO      0xB000
#define SEG_VGA_TEXT      0xB800
#define SEG_ROM           0xC000

#define VECTOR_VIDEO         0x10
#define VECTOR_FONT_HIGH     0x1F   /* 8x8 characters 80-FF of modes 4-6 */
#define VECTOR_VIDEO_BOARD   0x42   /* the system board's INT 10h, moved aside */
#define VECTOR_FONT          0x43   /* font of the graphics mode */
#define VECTOR_VIDEO_ALT     0x6D

#define EQUIPMENT_VIDEO          0x0030   /* BDA 10h */
#define EQUIPMENT_VIDEO_COLOR80  0x0020

/* Bytes of the BDA's reserved part that this BIOS uses (40:B9 as the Bochs VGA BIOS does). */
struct vga_bda {
    u16 vbe_mode;           /* B9: VBE mode with its flags, 0 = none */
    u16 bdf;                /* BB: the card on PCI, FFFFh = not on PCI */
} PACKED;

/* Segment 0, after fs_low(). */
#define LOW_VECTOR   ((struct farptr __seg_fs *)0)
#define LOW_BDA      ((struct bda __seg_fs *)0x400)
#define LOW_VGA      ((struct vga_bda __seg_fs *)0x4B9)

/* The C files of an image are compiled as a whole program: what assembly names has to stay. */
#define FOR_ASSEMBLY __attribute__((externally_visible))

/* The far address of a member of a far structure. */
#define FAR_FIELD(at, type, field) far_make((at).segment, (u16)((at).offset + offsetof(type, field)))

static inline u16 stack_segment(void)
{
    u16 v;
    asm("movw %%ss, %0" : "=r"(v));
    return v;
}

static inline void fs_low(void)
{
    fs_load(0);
}

/* ---- modes (modes.c) ------------------------------------------------------------------- */

enum model {
    MODEL_TEXT,
    MODEL_CGA,       /* B8000h, 1 or 2 bits, odd lines at 2000h */
    MODEL_PLANAR,    /* A0000h, 4 planes */
    MODEL_PACKED,    /* A0000h, one byte a pixel (mode 13h) */
    MODEL_LINEAR,    /* A0000h as a 64 KiB window, VBE */
};

struct mode {
    u8 number;
    u8 model;        /* enum model */
    u8 bits;         /* of a pixel; planes */
    u8 pages;
    u8 params;       /* which video_params */
    u8 dac;          /* enum dac */
    u16 segment;
};

enum dac { DAC_MONO, DAC_CGA, DAC_EGA, DAC_256 };

extern const __seg_gs struct mode modes[];

/* Row of `modes` for a mode number, or NULL. */
const __seg_gs struct mode *mode_find(u8 number);

/* Set one of `modes`: registers, palette, font, memory (unless `no_clear`), BIOS data. */
void mode_set(const __seg_gs struct mode *m, bool no_clear);

/* The video parameter table (params.c); programs find it by BDA A8h. */
#define PARAMS_6A     0x08
#define PARAMS_COUNT  0x1D
extern const __seg_gs struct video_params params_table[PARAMS_COUNT] FOR_ASSEMBLY;
extern const __seg_gs struct video_save_table save_table;
extern const __seg_gs struct video_functionality functionality;

/* ---- fonts (int10_11_font.c) --------------------------------------------------------------- */

/* Character generators in ROM by height (8, 14, 16; anything else gives 16). */
struct farptr font_rom(u8 height);
struct farptr font_rom_high(void);     /* 8x8, characters 80-FF */

/* Copy `count` glyphs of `height` bytes to character generator block 0-7, from glyph `first` on. */
void font_load(struct farptr from, u8 block, u16 first, u16 count, u8 height);

/* ---- colours (int10_10_palette.c) ------------------------------------------------------------ */

/* Load default colours; returns how many entries they fill. */
u16 dac_load(u8 dac);
void dac_sum_gray(u16 first, u16 count);

/* ---- the screen as the services see it (screen.c) -------------------------------------------- */

struct screen {
    u32 mode;
    u32 model;           /* enum model */
    u32 bits;            /* of a pixel; planes */
    u32 unit;            /* bytes that a character's width takes (in one plane) */
    u32 lines;           /* that its height takes: 1 in text, the font's height in graphics */
    u32 columns, rows;
    u32 page;            /* active one */
    u32 page_size;
    u32 segment;
    u32 pitch;           /* bytes a line; a row in text */
    bool banked;         /* the window at `segment` moves: VBE modes */
};

/* A place on the screen in characters, as the BIOS data area keeps it. */
struct place { u8 column, row; };
struct window { struct place from, to; };   /* both inside */

void screen_get(struct screen *s);

/* ---- VGA registers --------------------------------------------------------------------------- */

/*
 * Indexed registers. The compiler would load constants as 32 bits, 3 bytes more each; so where
 * port and index are constants they are loaded here.
 */
INLINE u8 vga_read(u16 port, u8 index)
{
    u8 v;
    if (__builtin_constant_p(port) && __builtin_constant_p(index)) {
        asm volatile("movw %1, %%dx\n\tmovb %2, %%al\n\toutb %%al, %%dx\n\tincw %%dx\n\tinb %%dx, %%al"
                     : "=a"(v) : "i"(port), "i"(index) : "edx");
        return v;
    }
    outb(port, index);
    return inb((u16)(port + 1));
}

INLINE void vga_write(u16 port, u8 index, u8 value)
{
    if (__builtin_constant_p(port) && __builtin_constant_p(index) && __builtin_constant_p(value))
        asm volatile("movw %0, %%ax\n\tmovw %1, %%dx\n\toutw %%ax, %%dx"
                     :: "i"(value << 8 | index), "i"(port) : "eax", "edx");
    else if (__builtin_constant_p(port) && __builtin_constant_p(index))
        asm volatile("movb %b0, %%ah\n\tmovb %1, %%al\n\tmovw %2, %%dx\n\toutw %%ax, %%dx"
                     :: "q"(value), "i"(index), "i"(port) : "eax", "edx");
    else
        outw(port, (u16)(value << 8 | index));
}

#endif
