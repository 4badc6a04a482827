/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The few instructions that SVM intercepts, decoded by ourselves: early processors, and QEMU, save neither the next
 * RIP nor the operands. All are 0F xx. And stores to the local APIC, where they exit.
 * AMD APM vol. 3, 1.2 "Instruction Encoding Overview".
 */
#include "hypervisor.h"

#define MAX_LENGTH  15

#define OP_XCHG          0x87
#define OP_MOV           0x89
#define OP_MOV_MOFFS     0xA3   /* from EAX */
#define OP_MOV_IMMEDIATE 0xC7
#define OP2_GROUP7  0x01   /* /4 SMSW, /6 LMSW */
#define OP2_CLTS    0x06
#define OP2_INVD    0x08
#define OP2_FROM_CR 0x20
#define OP2_TO_CR   0x22
#define OP2_WRMSR   0x30
#define OP2_RDMSR   0x32
#define OP2_CPUID   0xA2

#define REX_B  1
#define REX_X  2
#define REX_R  4
#define REX_W  8

struct instruction {
    u8 byte[MAX_LENGTH];
    u8 at;                 /* next byte */
    u8 rex;
    u8 segment;            /* override, or NO_SEGMENT */
    bool operand16, address_flip;
    u8 mode;               /* default address size: 2, 4 or 8 bytes */
};

enum { ES, CS, SS, DS, FS, GS, NO_SEGMENT };

static bool is_prefix(struct instruction *i, u8 b)
{
    switch (b) {
    case 0x26: i->segment = ES; return true;
    case 0x2E: i->segment = CS; return true;
    case 0x36: i->segment = SS; return true;
    case 0x3E: i->segment = DS; return true;
    case 0x64: i->segment = FS; return true;
    case 0x65: i->segment = GS; return true;
    case 0x66: i->operand16 ^= true; return true;
    case 0x67: i->address_flip = true; return true;
    case 0xF0: case 0xF2: case 0xF3: return true;
    }
    return false;
}

static s32 displacement(struct instruction *i, unsigned bytes)
{
    s32 value = 0;

    memcpy(&value, &i->byte[i->at], bytes);
    i->at += bytes;
    return bytes == 1 ? (s8)value : bytes == 2 ? (s16)value : value;
}

static u64 address16(const struct vcpu *v, struct instruction *i, u8 mod, u8 rm)
{
    static const u8 base[8] = { RBX, RBX, RBP, RBP, RSI, RDI, RBP, RBX };
    static const u8 index[4] = { RSI, RDI, RSI, RDI };
    u32 offset = 0;

    if (mod == 0 && rm == 6)
        return (u16)displacement(i, 2);
    if (i->segment == NO_SEGMENT)
        i->segment = base[rm] == RBP ? SS : DS;
    offset = v->gpr[base[rm]] + (rm < 4 ? v->gpr[index[rm]] : 0);
    return (u16)(offset + (mod ? displacement(i, mod) : 0));
}

static u64 address32(const struct vcpu *v, struct instruction *i, u8 mod, u8 rm)
{
    u64 offset = 0;
    u8 base = rm | (i->rex & REX_B) << 3;

    if (rm == 4) {
        u8 sib = i->byte[i->at++];
        u8 index = (sib >> 3 & 7) | (i->rex & REX_X) << 2;
        base = (sib & 7) | (i->rex & REX_B) << 3;
        if (index != RSP)
            offset = v->gpr[index] << (sib >> 6);
    }
    if (mod == 0 && (base & 7) == RBP) {
        offset += displacement(i, 4);
        if (rm == 5 && i->mode == 8)
            offset += v->rip + i->at;
    } else {
        if (i->segment == NO_SEGMENT)
            i->segment = base == RBP || base == RSP ? SS : DS;
        offset += v->gpr[base] + (mod == 1 ? displacement(i, 1) : mod == 2 ? displacement(i, 4) : 0);
    }
    return i->mode == 8 && !i->address_flip ? offset : (u32)offset;
}

/* Linear address of the memory operand. */
static u64 operand_address(const struct vcpu *v, struct instruction *i, u8 mod, u8 rm)
{
    bool short_form = i->address_flip ? i->mode == 4 : i->mode == 2;
    u64 offset = short_form ? address16(v, i, mod, rm) : address32(v, i, mod, rm);
    u8 segment = i->segment == NO_SEGMENT ? DS : i->segment;

    if (i->mode == 8)
        return offset + (segment >= FS ? hvm->segment_base(v, segment) : 0);
    return (u32)(hvm->segment_base(v, segment) + offset);
}

static bool decode_cr(struct vcpu *v, struct instruction *i, bool write)
{
    u8 modrm = i->byte[i->at++];

    if ((modrm >> 3 & 7) || (i->rex & REX_R))
        return false;
    v->exit.gpr = (modrm & 7) | (i->rex & REX_B) << 3;
    v->exit.access = write ? CR_WRITE : CR_READ;
    v->exit.operand_size = i->mode == 8 ? 8 : 4;
    v->exit.value = i->mode == 8 ? v->gpr[v->exit.gpr] : (u32)v->gpr[v->exit.gpr];
    return true;
}

/* LMSW can set PE but not clear it. */
static u64 lmsw_value(struct vcpu *v, u16 word)
{
    hvm->read_control(v);
    return (v->cr0 & ~0xEull) | (word & 0xF);
}

static bool decode_msw(struct vcpu *v, struct instruction *i)
{
    u8 modrm = i->byte[i->at++], reg = modrm >> 3 & 7, mod = modrm >> 6, rm = modrm & 7;
    u64 linear = mod == 3 ? 0 : operand_address(v, i, mod, rm);
    u16 word;

    v->exit.gpr = rm | (i->rex & REX_B) << 3;
    if (reg == 4) {
        v->exit.access = mod == 3 ? CR_READ : CR_SMSW_MEMORY;
        v->exit.operand_size = i->operand16 ? 2 : i->rex & REX_W ? 8 : 4;
        v->exit.linear = linear;
        return true;
    }
    if (reg != 6)
        return false;
    word = v->gpr[v->exit.gpr];
    if (mod != 3 && !guest_read(v, linear, &word, sizeof(word)))
        return false;
    v->exit.value = lmsw_value(v, word);
    v->exit.access = CR_WRITE;
    return true;
}

static bool decode_opcode(struct vcpu *v, struct instruction *i)
{
    switch (i->byte[i->at++]) {
    case OP2_GROUP7:  return decode_msw(v, i);
    case OP2_FROM_CR: return decode_cr(v, i, false);
    case OP2_TO_CR:   return decode_cr(v, i, true);
    case OP2_CLTS:
        hvm->read_control(v);
        v->exit.value = v->cr0 & ~(u64)CR0_TS;
        v->exit.access = CR_WRITE;
        return true;
    case OP2_INVD: case OP2_WRMSR: case OP2_RDMSR: case OP2_CPUID:
        return true;
    }
    return false;
}

/* The bytes at RIP, and their prefixes. */
static void fetch(struct vcpu *v, struct instruction *i)
{
    usize n = MAX_LENGTH;
    u64 linear = v->rip + (hvm->long_code(v) ? 0 : hvm->segment_base(v, CS));

    *i = (struct instruction){ .segment = NO_SEGMENT };
    hvm->read_control(v);
    while (n && !guest_read(v, linear, i->byte, n))
        n--;                            /* the next page may be absent */
    i->mode = hvm->long_code(v) ? 8 : hvm->code_32(v) && !(v->rflags & EFLAGS_VM) ? 4 : 2;
    i->operand16 = i->mode == 2;
    while (i->at < MAX_LENGTH - 8 && is_prefix(i, i->byte[i->at]))
        i->at++;
    if (i->mode == 8 && (i->byte[i->at] & 0xF0) == 0x40)
        i->rex = i->byte[i->at++] & 0xF;
}

bool decode_exit(struct vcpu *v)
{
    struct instruction i;

    fetch(v, &i);
    if (i.byte[i.at++] != 0x0F || !decode_opcode(v, &i))
        return false;
    v->exit.length = i.at;
    return true;
}

/* MOV and XCHG: what compilers and kernels write a device's register with. */
void decode_store(struct vcpu *v)
{
    struct instruction i;
    u8 opcode, modrm, gpr;

    fetch(v, &i);
    opcode = i.byte[i.at++];
    if (i.operand16 || i.rex & REX_W)
        return;
    if (opcode == OP_MOV_MOFFS) {
        i.at += i.address_flip ? (i.mode == 4 ? 2 : 4) : i.mode;
        v->exit.value = (u32)v->gpr[RAX];
        v->exit.length = i.at;
        return;
    }
    modrm = i.byte[i.at++];
    gpr = (modrm >> 3 & 7) | (i.rex & REX_R) << 1;
    operand_address(v, &i, modrm >> 6, modrm & 7);      /* to pass over it: the exit has said where */
    if (opcode == OP_MOV_IMMEDIATE)
        v->exit.value = (u32)displacement(&i, 4);
    else if (opcode == OP_MOV || opcode == OP_XCHG)
        v->exit.value = (u32)v->gpr[gpr];
    else
        return;
    if (opcode == OP_XCHG)
        v->gpr[gpr] = *(volatile u32 *)v->exit.address;
    v->exit.length = i.at;
}
