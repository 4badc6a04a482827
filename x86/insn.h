/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the interpreter share. An instruction lives in one struct insn on the stack of x86_step().
 * Faults are sticky: fault() notes the first, later memory writes do nothing, and x86_step() puts the GPRs back.
 * EIP, EFLAGS and the shadow are committed at the end; segment and control registers only after the last possible fault.
 */
#ifndef X86_INSN_H
#define X86_INSN_H

#include "x86.h"

struct insn;
typedef void exec_function(struct insn *i);

/* One row of the opcode tables (table.c). */
struct row {
    u8 exec;        /* enum exec: index into exec_functions[] */
    u8 operands;    /* dst kind << 4 | src kind; for EXEC_group the number of the group */
    u16 flags;      /* ROW_* */
};

/* Kinds of operands. E, G, S and X ask for a ModRM byte. */
enum operand {
    OP_NONE,
    OP_E,       /* ModRM r/m: register or memory */
    OP_G,       /* ModRM reg: general register */
    OP_S,       /* ModRM reg: segment register */
    OP_X,       /* general register in ModRM r/m, whatever mod says */
    OP_A,       /* AL, AX, EAX */
    OP_R,       /* general register of the opcode's low bits */
    OP_CL,      /* CL */
    OP_1,       /* the number one */
    OP_I,       /* from here on bytes follow: immediate of the operand's size */
    OP_IB,      /* immediate byte, sign-extended */
    OP_IW,      /* immediate word */
    OP_O,       /* memory at an offset that follows the opcode */
    OP_P,       /* far pointer: src is the selector, dst the offset */
};

/* For EXEC_prefix, in place of operands: a segment register's number or one of these. */
enum { PREFIX_OPSIZE = 8, PREFIX_ADSIZE, PREFIX_LOCK, PREFIX_REP };

/* Values at any address. */
struct any16 { u16 v; } __attribute__((packed, may_alias));
struct any32 { u32 v; } __attribute__((packed, may_alias));

#define ROW_SIZE   0x0003   /* of the operands; 0: the operand size */
#define ROW_BYTE   0x0001   /* they are bytes */
#define ROW_W      0x0002   /* they are bytes if opcode bit 0 is clear */
#define ROW_WORD   0x0003   /* they are words */
#define ROW_MODRM  0x0004   /* a ModRM byte follows */
#define ROW_LOAD   0x0008   /* dst is read before */
#define ROW_STORE  0x0010   /* dst is written after */
#define ROW_LOCK   0x0020   /* LOCK allowed if dst is memory */
#define ROW_MEM    0x0040   /* #UD unless ModRM names memory */
#define ROW_REG    0x0080   /* #UD unless ModRM names a register */
#define ROW_CPL0   0x0100   /* #GP(0) unless CPL is 0 */
#define ROW_PM     0x0200   /* #UD in real and virtual-8086 mode */
#define ROW_I      0x0400   /* a third operand, immediate of the operand's size */
#define ROW_IB     0x0800   /* a third operand, immediate byte */
#define ROW_NEED(feature) ((feature) << 12)   /* FEATURE_*: #UD without */

/* ROW_NEED numbers: bit n - 1 of cpu->features */
#define FEATURE_TSC     1
#define FEATURE_MSR     2
#define FEATURE_CX8     3
#define FEATURE_CMOV    4
#define FEATURE_MMX     5
#define FEATURE_SSE     6
#define FEATURE_RDTSCP  7
#define FEATURE_MOVBE   8
#define FEATURE_POPCNT  9
#define FEATURE_RDRAND  12
#define FEATURE_RDSEED  13
#define FEATURE_FPU     14
#define FEATURE_SYSENTER 15

#define NO_FAULT         0xFF
#define FAULT_RETRY      0xFE   /* a locked write lost its race: run it again */
#define NO_SEGMENT       0xFF

#define REP_NE  0xF2
#define REP_E   0xF3

enum { MAP_ONE, MAP_0F, MAP_0F38, MAP_0F3A };

/* struct insn.vex: the second byte of a three-byte prefix, vvvv as the register's number. */
#define VEX_W       0x80
#define VEX_VVVV    0x38
#define VEX_L       0x04
#define VEX         0x01   /* there is a prefix */

static inline u8 vex_register(u8 vex) { return (vex & VEX_VVVV) >> 3; }

#define CODE_BYTES 32   /* more than the decoder may look at: 15 prefixes, opcode, ModRM, SIB, and two fields of 4 bytes at most */

struct insn {
    struct x86_cpu *cpu;
    const struct x86_ops *ops;
    const struct row *row;
    const u8 *code, *code_start;    /* the next byte, and the first: in guest memory or in `copy` */
    u32 saved[8];       /* GPRs for restart */
    u32 eip;            /* of this instruction */
    u32 next;           /* of the one after it; branches overwrite it */
    u32 flags;          /* EFLAGS to be */
    u32 dst, src, imm;  /* operand values */
    u32 old;            /* dst as it was read, for locked writes */
    u32 ea;             /* offset of the memory operand */
    u32 debug;          /* DR6_*: the #DB that follows this instruction */
    u32 error;
    u8 ea_segment;
    u8 opsize, adsize;  /* 2 or 4 */
    u8 size;            /* of the operands: 1, 2, 4 */
    u8 segment;         /* override prefix or NO_SEGMENT */
    u8 fault;           /* vector, NO_FAULT or FAULT_RETRY */
    u8 user;            /* X86_USER if memory is accessed as CPL 3 does */
    u8 slow;            /* not plain real mode: memory accesses have more to look at */
    u8 length;
    /* From here to `map`: 0 before the prefixes. */
    u8 rep;             /* 0, REP_NE, REP_E */
    u8 lock;
    u8 vex;             /* VEX_* of a VEX prefix, or 0 */
    u8 map;
    u8 opcode;
    u8 modrm;
    u8 room;            /* bytes in `copy` */
    /* insn_start() clears from here to `switched`. */
    u8 result;          /* enum x86_result */
    u8 shadow;          /* X86_SHADOW_* to be */
    u16 ss_error;       /* error code of #SS while a new stack is being filled */
    u8 ext;             /* 1: error codes say that an external event was being delivered */
    bool switched;      /* SS and CPL are those of an inner stack; the old ones: */
    u8 old_cpl;
    struct x86_segment old_ss;
    u8 copy[CODE_BYTES];    /* code that does not lie in one piece of memory */
};

/* ---- insn.c: faults, small state -------------------------------------------------------- */

/* Note exception `vector`; has an error code if that vector has. The first one counts. */
void fault(struct insn *i, u8 vector, u32 error);
static inline void fault_ud(struct insn *i) { fault(i, VECTOR_UD, 0); }
static inline void fault_gp(struct insn *i, u32 error) { fault(i, VECTOR_GP, error); }
static inline bool faulted(const struct insn *i) { return i->fault != NO_FAULT; }

bool vector_has_error(u8 vector);

/* A struct insn for work outside an instruction: interrupt delivery, task switch. */
void insn_start(struct insn *i, struct x86_cpu *cpu, const struct x86_ops *ops);

/* After a fault: put GPRs and stack back, fill cpu->event. */
void insn_undo(struct insn *i);
/* A #DB after an instruction, for the reasons in cpu->held: all is committed, and the event needs no restart. */
enum x86_result insn_trap(struct x86_cpu *cpu);

/* PE=1 and VM=0. */
static inline bool protected_mode(const struct x86_cpu *cpu)
{
    return (cpu->cr0 & CR0_PE) && !(cpu->eflags & EFLAGS_VM);
}

static inline u8 iopl(const struct x86_cpu *cpu)
{
    return cpu->eflags >> 12 & 3;
}

static inline u8 modrm_mod(const struct insn *i) { return i->modrm >> 6; }
static inline u8 modrm_reg(const struct insn *i) { return i->modrm >> 3 & 7; }
static inline u8 modrm_rm(const struct insn *i) { return i->modrm & 7; }

static inline u32 size_mask(u8 size)
{
    return 0xFFFFFFFFu >> (32 - 8 * size);
}

static inline u32 sign_extend(u32 value, u8 size)
{
    return (u32)((s32)(value << (32 - 8 * size)) >> (32 - 8 * size));
}

u32 reg_read(const struct x86_cpu *cpu, u8 number, u8 size);
void reg_write(struct x86_cpu *cpu, u8 number, u8 size, u32 value);

/* Put `value` into the low `bytes` of the GPR: counters and pointers of 16 or 32 bits. */
static inline void reg_put(struct x86_cpu *cpu, u8 number, u32 mask, u32 value)
{
    cpu->gpr[number] = (cpu->gpr[number] & ~mask) | (value & mask);
}

/* ---- step.c ----------------------------------------------------------------------------- */

/* The value of ModRM r/m, i->size bytes. */
u32 rm_read(struct insn *i, u8 access);
/* i->dst to ModRM r/m. */
void rm_write(struct insn *i);
/* Offset of what lies `bytes` after the memory operand; wraps at the address size. */
static inline u32 ea_after(const struct insn *i, u32 bytes)
{
    return (i->ea + bytes) & size_mask(i->adsize);
}

/* ---- breakpoint.c ----------------------------------------------------------------------- */

/* As DR7 numbers them. */
enum breakpoint { BREAK_FETCH, BREAK_WRITE, BREAK_IO, BREAK_ACCESS };

/* An access of this kind took place: its #DB follows the instruction. */
void breakpoint(struct insn *i, enum breakpoint kind, u32 at, u32 bytes);
/* The #DB of an instruction breakpoint, a fault. */
void breakpoint_at_start(struct insn *i);

/* ---- decode.c --------------------------------------------------------------------------- */

/* Prefixes, opcode, ModRM, immediates: everything but the operand values. */
void decode(struct insn *i);

extern const struct row table_one[256], table_0f[256], table_groups[][8];
extern exec_function *const exec_functions[];
/* The row of 0F 38 or 0F 3A `opcode`. */
const struct row *row_of_map3(const struct insn *i);
/* The row of a VEX-encoded instruction. */
const struct row *row_of_vex(const struct insn *i);

/* ---- memory.c --------------------------------------------------------------------------- */

/* 1, 2 or 4 bytes at segment:offset, with all checks. `access`: 0, or X86_WRITE for what is written back later. */
u32 load(struct insn *i, u8 segment, u32 offset, u8 bytes, u8 access);
void store(struct insn *i, u8 segment, u32 offset, u32 value, u8 bytes);
/* Write `value` if `i->old` still lies there, in one bus lock; else FAULT_RETRY. */
void store_locked(struct insn *i, u8 segment, u32 offset, u32 value, u8 bytes);

/* CMPXCHG8B's operand: `value` goes there if `expected` lies there; what lay there. One bus lock where it is memory in one page. */
u64 exchange8(struct insn *i, u64 expected, u64 value);

/* Limit and type check alone; false: fault noted. */
bool segment_check(struct insn *i, u8 segment, u32 offset, u32 bytes, u8 access);
/* How many bytes from `offset` upwards the limit allows (0: none). Ignores type. */
u32 segment_room(const struct x86_segment *s, u32 offset);

/* The same at linear addresses. `access` carries X86_USER itself. */
u32 load_linear(struct insn *i, u32 linear, u8 bytes, u8 access);
void store_linear(struct insn *i, u32 linear, u32 value, u8 bytes, u8 access);
/* Host address of `linear`, good to the end of its page; NULL: not memory, or fault noted. */
u8 *reach(struct insn *i, u32 linear, u8 access);

/* Do the pages of a range of at most a page allow `access`? false: #PF noted. */
bool probe(struct insn *i, u32 linear, u32 bytes, u8 access);

/* As the processor reads its own tables: privilege 0. */
static inline u32 load_system(struct insn *i, u32 linear, u8 bytes)
{
    return load_linear(i, linear, bytes, 0);
}

/* ---- paging.c --------------------------------------------------------------------------- */

/* The page tables are PAE's. */
static inline bool pae_paging(const struct x86_cpu *cpu)
{
    return cpu->cr0 & CR0_PG && cpu->cr4 & CR4_PAE && !(cpu->efer & EFER_LMA);
}
/* Physical address of `linear`; paging is on. *error is the #PF code when false. */
bool page_walk(struct x86_cpu *cpu, const struct x86_ops *ops, u32 linear, u8 access, paddr *at, u32 *error);
u32 physical_read(struct x86_cpu *cpu, const struct x86_ops *ops, paddr at, u8 bytes);
void physical_write(struct x86_cpu *cpu, const struct x86_ops *ops, paddr at, u32 value, u8 bytes);

/* ---- exec_stack.c ---------------------------------------------------------------------------- */

static inline u32 stack_mask(const struct x86_cpu *cpu)
{
    return cpu->seg[X86_SS].access & SEG_DB ? 0xFFFFFFFFu : 0xFFFF;
}
void push(struct insn *i, u32 value, u8 bytes);
u32 pop(struct insn *i, u8 bytes);
/* Read above the stack pointer without moving it; move it without reading. */
u32 peek(struct insn *i, u32 above, u8 bytes);
void stack_drop(struct insn *i, u32 bytes);

/* ---- exec_flags.c ------------------------------------------------------------------------- */

/* The bits of EFLAGS that POPF and IRET may change at this CPL and IOPL. */
u32 flags_writable(const struct x86_cpu *cpu, u8 opsize);

/* Virtual-8086 mode with IOPL below 3: PUSHF, POPF, INT, IRET are #GP, or with CR4.VME work on VIF. */
static inline bool vm86_restricted(const struct x86_cpu *cpu)
{
    return cpu->eflags & EFLAGS_VM && iopl(cpu) != 3;
}

/* FLAGS as CR4.VME shows them: IF is VIF, IOPL 3. */
u32 vme_flags_read(const struct insn *i);
/* FLAGS from the stack under CR4.VME: IF goes to VIF; #GP(0) for TF, and for IF while VIP waits. */
void vme_flags_write(struct insn *i, u32 value);

/* ---- segment.c -------------------------------------------------------------------------- */

struct descriptor {
    u32 low, high;
    u32 linear;     /* where it lies */
};

/* Fetch the descriptor of `selector`; false: fault `vector`(selector) noted. */
bool descriptor_read(struct insn *i, u16 selector, u8 vector, struct descriptor *d);
/* The same without a fault, for LAR and its kind. */
bool descriptor_peek(struct insn *i, u16 selector, struct descriptor *d);
/* Set bits of its byte 5 in memory (accessed, busy) if they are not yet set. */
void descriptor_mark(struct insn *i, struct descriptor *d, u32 high_bits);
struct x86_segment descriptor_cache(u16 selector, const struct descriptor *d);

static inline u8 descriptor_dpl(const struct descriptor *d) { return d->high >> 13 & 3; }
static inline u8 descriptor_type(const struct descriptor *d) { return d->high >> 8 & 0x1F; }   /* with S */

/* A data or stack segment register, in any mode. */
void segment_load(struct insn *i, u8 reg, u16 selector);
/* The value that real mode and virtual-8086 mode give it. */
void segment_load_real(struct x86_cpu *cpu, u8 reg, u16 selector);
/* Check a stack segment for privilege `cpl`; faults carry `vector` (#GP for loads, #TS for stack switches). */
bool stack_segment_read(struct insn *i, u16 selector, u8 cpl, u8 vector, struct x86_segment *s);
/* After a return to an outer level: null what that level must not have. */
void segments_drop(struct x86_cpu *cpu);

/* ---- exec_branch.c, transfer.c, exec_far.c, interrupt.c, task.c --------------------------------- */

/* Near jump; #GP(0) beyond the limit of CS. */
void branch(struct insn *i, u32 target);

/* Leave for CS `cs` at `eip` and privilege `cpl`: the last step of every far transfer. */
void far_commit(struct insn *i, const struct x86_segment *cs, u32 eip, u8 cpl);
/* Real and virtual-8086 mode. */
void far_commit_real(struct insn *i, u16 selector, u32 eip);
/* The CS that `d` makes at privilege `cpl`; #GP(0) if `eip` is beyond its limit. */
bool code_segment_make(struct insn *i, u16 selector, struct descriptor *d, u8 cpl, u32 eip, struct x86_segment *cs);
/* A code descriptor, present (#NP) and not more outward than CPL (#GP): what gates may point at. */
bool gate_code_read(struct insn *i, u16 selector, struct descriptor *d);
/* Take the stack of inner privilege `level` from the TSS; the old one stays in i->old_ss, i->saved. */
bool stack_enter(struct insn *i, u8 level);

static inline bool is_conforming(u8 type) { return (type & (SEG_S | SEG_CODE | SEG_CONFORMING)) == (SEG_S | SEG_CODE | SEG_CONFORMING); }
static inline bool is_code(u8 type) { return (type & (SEG_S | SEG_CODE)) == (SEG_S | SEG_CODE); }

#define TSS32_IO_MAP 0x66   /* where a 32-bit TSS says where its I/O map lies */

/* INT n of virtual-8086 mode that CR4.VME leaves to the program's table at 0. */
void interrupt_vme(struct insn *i, u8 vector);
/* Deliver an event; EIP to be pushed is i->next, EFLAGS i->flags. */
void interrupt_enter(struct insn *i, const struct x86_event *event);
void task_switch(struct insn *i, u16 selector, enum x86_switch why, bool has_error, u32 error);
/* IRET with NT: to the task that the current TSS links to. */
void task_return(struct insn *i);
/* true: this CPL and TSS may use the ports; else #GP(0) noted. */
bool port_allowed(struct insn *i, u16 port, u8 bytes);

/* ---- exec_system.c ---------------------------------------------------------------------- */

/* CR0, CR3 or CR4 was `old`: tell the caller, load the PDPTEs; where they cannot be, #GP(0), and it is `old` again. */
void control_written(struct insn *i, u8 number, u32 old);

/* ---- alu.c ------------------------------------------------------------------------------ */

enum { ALU_ADD, ALU_OR, ALU_ADC, ALU_SBB, ALU_AND, ALU_SUB, ALU_XOR, ALU_CMP };

/* a op b in `size` bytes; sets the six flags in i->flags. */
u32 alu(struct insn *i, u8 op, u32 a, u32 b, u8 size);
/* SF, ZF, PF of a result, into i->flags. */
void flags_result(struct insn *i, u32 result, u8 size);
void flag_put(struct insn *i, u32 flag, bool value);
/* Condition code 0-15 of Jcc. */
bool condition(u32 flags, u8 code);

#define EFLAGS_ARITHMETIC (EFLAGS_CF | EFLAGS_PF | EFLAGS_AF | EFLAGS_ZF | EFLAGS_SF | EFLAGS_OF)

#endif
