/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * INT 10h 1Ch: save and restore the video state; the VBE adds the card's own part (4F04h).
 * IBM PS/2 and PC BIOS Interface Technical Reference, INT 10h. The buffer's layout is ours.
 */
#include "attr.h"
#include "card.h"
#include "memory.h"
#include "services.h"
#include "state.h"

struct saved_registers {
    u16 crtc_port;
    u8 misc, feature;
    u8 seq[VGA_SEQ_COUNT], crtc[VGA_CRTC_COUNT], attr[VGA_ATTR_COUNT], gc[VGA_GC_COUNT];
} PACKED;

struct saved_bda {
    u8 bda_49[30];
    u8 bda_84[7];
    struct farptr video_save, font_high, font;
    u16 equipment;
    struct vga_bda vga;
} PACKED;

struct saved_dac {
    u8 mask, index, state;
    u8 colours[768];
} PACKED;

#define STATE_BLOCK     64
#define BLOCKS(bytes)   (((bytes) + STATE_BLOCK - 1) / STATE_BLOCK)

#define FAR(type, at) ((type __seg_fs *)(u32)(at).offset)

static void save_indexed(u16 port, u8 __seg_fs *to, u8 count)
{
    for (u8 i = 0; i < count; i++)
        to[i] = vga_read(port, i);
}

static void save_registers(struct farptr at)
{
    fs_low();
    u16 crtc = LOW_BDA->crtc_port;
    for (u8 i = 0; i < VGA_ATTR_COUNT; i++) {
        u8 value = attr_read(i);
        fs_load(at.segment);
        FAR(struct saved_registers, at)->attr[i] = value;
    }
    struct saved_registers __seg_fs *v = FAR(struct saved_registers, at);
    v->crtc_port = crtc;
    v->misc = inb(VGA_MISC_READ);
    v->feature = inb(VGA_FEATURE_READ);
    save_indexed(VGA_SEQ, v->seq, VGA_SEQ_COUNT);
    save_indexed(crtc, v->crtc, VGA_CRTC_COUNT);
    save_indexed(VGA_GC, v->gc, VGA_GC_COUNT);
}

static void restore_registers(struct farptr at)
{
    fs_load(at.segment);
    const struct saved_registers __seg_fs *v = FAR(const struct saved_registers, at);
    u16 crtc = v->crtc_port;
    vga_write(VGA_SEQ, SEQ_RESET, 1);
    outb(VGA_MISC, v->misc);
    outb((u16)(crtc + 6), v->feature);
    outs_indexed(VGA_SEQ, FAR_FIELD(at, struct saved_registers, seq), VGA_SEQ_COUNT);
    vga_write(crtc, CRTC_VSYNC_END, 0);
    outs_indexed(crtc, FAR_FIELD(at, struct saved_registers, crtc), VGA_CRTC_COUNT);
    outs_indexed(VGA_GC, FAR_FIELD(at, struct saved_registers, gc), VGA_GC_COUNT);
    inb((u16)(crtc + 6));
    outs_attr(FAR_FIELD(at, struct saved_registers, attr), VGA_ATTR_COUNT);
    outb(VGA_ATTR, ATTR_PALETTE_ON);
}

/* BDA fields and vectors, to the buffer or back. */
static void move_bda(struct farptr at, bool restore)
{
    ROM struct { u16 low, bytes; } parts[] = {             /* in the order of struct saved_bda */
        { 0x449, 30 }, { 0x484, 7 }, { 0x4A8, 4 }, { VECTOR_FONT_HIGH * 4, 4 }, { VECTOR_FONT * 4, 4 },
        { 0x410, 2 }, { 0x4B9, sizeof(struct vga_bda) },
    };
    for (u32 i = 0; i < ARRAY_SIZE(parts); i++) {
        struct farptr low = far_make(0, parts[i].low);
        far_copy(restore ? low : at, restore ? at : low, parts[i].bytes);
        at.offset = (u16)(at.offset + parts[i].bytes);
    }
}

static void save_dac(struct farptr at)
{
    fs_load(at.segment);
    struct saved_dac __seg_fs *v = FAR(struct saved_dac, at);
    v->state = inb(VGA_DAC_READ);
    v->index = inb(VGA_DAC_WRITE);
    v->mask = inb(VGA_PEL_MASK);
    outb(VGA_DAC_READ, 0);
    ins_bytes(VGA_DAC_DATA, FAR_FIELD(at, struct saved_dac, colours), 768);
    outb(VGA_DAC_WRITE, v->index);
}

static void restore_dac(struct farptr at)
{
    fs_load(at.segment);
    const struct saved_dac __seg_fs *v = FAR(const struct saved_dac, at);
    outb(VGA_PEL_MASK, v->mask);
    outb(VGA_DAC_WRITE, 0);
    outs_bytes(VGA_DAC_DATA, FAR_FIELD(at, struct saved_dac, colours), 768);
    outb(v->state & 3 ? VGA_DAC_READ : VGA_DAC_WRITE, v->index);
}

u16 state_blocks(u16 parts)
{
    u16 blocks = 0;
    if (parts & STATE_REGISTERS)
        blocks += BLOCKS(sizeof(struct saved_registers));
    if (parts & STATE_BDA)
        blocks += BLOCKS(sizeof(struct saved_bda));
    if (parts & STATE_DAC)
        blocks += BLOCKS(sizeof(struct saved_dac));
    if (parts & STATE_CARD)
        blocks += BLOCKS(CARD_STATE_SIZE);
    return blocks;
}

/* Where a part lies: behind the parts of the lower bits. */
static struct farptr part_at(struct farptr buffer, u16 parts, u16 part)
{
    buffer.offset = (u16)(buffer.offset + state_blocks(parts & (part - 1)) * STATE_BLOCK);
    return buffer;
}

void state_save(struct farptr buffer, u16 parts)
{
    if (parts & STATE_REGISTERS)
        save_registers(buffer);
    if (parts & STATE_BDA)
        move_bda(part_at(buffer, parts, STATE_BDA), false);
    if (parts & STATE_DAC)
        save_dac(part_at(buffer, parts, STATE_DAC));
    if (parts & STATE_CARD)
        card_save(part_at(buffer, parts, STATE_CARD));
}

void state_restore(struct farptr buffer, u16 parts)
{
    if (parts & STATE_CARD)
        card_restore(part_at(buffer, parts, STATE_CARD));
    if (parts & STATE_REGISTERS)
        restore_registers(buffer);
    if (parts & STATE_BDA)
        move_bda(part_at(buffer, parts, STATE_BDA), true);
    if (parts & STATE_DAC)
        restore_dac(part_at(buffer, parts, STATE_DAC));
}

void int10_1c(struct frame *r)
{
    u16 parts = r->cx & (STATE_REGISTERS | STATE_BDA | STATE_DAC);
    if (!parts || r->al > 2)
        return;
    if (r->al == 0)
        r->bx = state_blocks(parts);
    else if (r->al == 1)
        state_save(far_make(r->es, r->bx), parts);
    else
        state_restore(far_make(r->es, r->bx), parts);
    r->al = 0x1C;
}
