/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The opcode tables: SDM vol. 2, appendix A. One row an opcode; what a row allows and needs is in ROW_* of insn.h.
 * A test on the host runs every row (tests/host/x86_rows.c).
 */
#include "exec.h"
#include "groups.h"

#define MODRM(operand)            ((operand) >= OP_E && (operand) <= OP_X ? ROW_MODRM : 0)
#define R(name, dst, src, flags)  { EXEC_##name, OP_##dst << 4 | OP_##src, (flags) | MODRM(OP_##dst) | MODRM(OP_##src) }
#define UD                        R(ud, NONE, NONE, 0)
#define PREFIX(what)              { EXEC_prefix, what, 0 }
#define GROUP(name)               { EXEC_group, GROUP_##name, ROW_MODRM }

#define BYTE   ROW_BYTE
#define W      ROW_W
#define WORD   ROW_WORD
#define LOAD   ROW_LOAD
#define STORE  ROW_STORE
#define RMW    (ROW_LOAD | ROW_STORE)
#define LOCK   ROW_LOCK
#define MEM    ROW_MEM
#define REG    ROW_REG
#define CPL0   ROW_CPL0
#define PM     ROW_PM
#define IMM    ROW_I
#define IMMB   ROW_IB
#define NEED(feature) ROW_NEED(FEATURE_##feature)

#define TWICE(...)  __VA_ARGS__, __VA_ARGS__
#define FOUR(...)   TWICE(TWICE(__VA_ARGS__))
#define EIGHT(...)  FOUR(TWICE(__VA_ARGS__))
#define SIXTEEN(...) EIGHT(TWICE(__VA_ARGS__))

#define ALU  TWICE(R(alu, E, G, W | RMW | LOCK)), TWICE(R(alu, G, E, W | RMW)), TWICE(R(alu, A, I, W | RMW))
#define SSE  R(sse, E, NONE, NEED(SSE))
#define MMX  R(sse, E, NONE, NEED(MMX))
#define SSEB R(sse, E, NONE, IMMB | NEED(SSE))

const struct row table_one[256] = {
    /* 00 */ ALU, R(push_seg, NONE, NONE, 0), R(pop_seg, NONE, NONE, 0),
    /* 08 */ ALU, R(push_seg, NONE, NONE, 0), UD /* 0F: the second table */,
    /* 10 */ ALU, R(push_seg, NONE, NONE, 0), R(pop_seg, NONE, NONE, 0),
    /* 18 */ ALU, R(push_seg, NONE, NONE, 0), R(pop_seg, NONE, NONE, 0),
    /* 20 */ ALU, PREFIX(X86_ES), R(daa, NONE, NONE, 0),
    /* 28 */ ALU, PREFIX(X86_CS), R(das, NONE, NONE, 0),
    /* 30 */ ALU, PREFIX(X86_SS), R(aaa, NONE, NONE, 0),
    /* 38 */ TWICE(R(alu, E, G, W | LOAD)), TWICE(R(alu, G, E, W | LOAD)), TWICE(R(alu, A, I, W | LOAD)), PREFIX(X86_DS), R(aas, NONE, NONE, 0),
    /* 40 */ EIGHT(R(inc, R, NONE, RMW)), EIGHT(R(dec, R, NONE, RMW)),
    /* 50 */ EIGHT(R(push, NONE, R, 0)), EIGHT(R(pop, R, NONE, STORE)),
    /* 60 */ R(pusha, NONE, NONE, 0), R(popa, NONE, NONE, 0), R(bound, E, G, MEM), R(arpl, E, G, WORD | LOAD | PM),
    /* 64 */ PREFIX(X86_FS), PREFIX(X86_GS), PREFIX(PREFIX_OPSIZE), PREFIX(PREFIX_ADSIZE),
    /* 68 */ R(push, NONE, I, 0), R(imul3, G, E, IMM | STORE), R(push, NONE, IB, 0), R(imul3, G, E, IMMB | STORE),
    /* 6C */ TWICE(R(ins, NONE, NONE, W)), TWICE(R(outs, NONE, NONE, W)),
    /* 70 */ SIXTEEN(R(jcc, NONE, IB, 0)),
    /* 80 */ GROUP(1), GROUP(1), GROUP(1), GROUP(1B), TWICE(R(test, E, G, W | LOAD)), TWICE(R(xchg, E, G, W | RMW | LOCK)),
    /* 88 */ TWICE(R(mov, E, G, W | STORE)), TWICE(R(mov, G, E, W | STORE)),
    /* 8C */ R(mov_from_seg, E, S, STORE), R(lea, E, G, MEM), R(mov_seg, E, NONE, WORD), GROUP(1A),
    /* 90 */ R(nop, NONE, NONE, 0), R(xchg, R, A, RMW), R(xchg, R, A, RMW), R(xchg, R, A, RMW), FOUR(R(xchg, R, A, RMW)),
    /* 98 */ R(cbw, NONE, NONE, 0), R(cwd, NONE, NONE, 0), R(call_far, P, NONE, 0), R(wait, NONE, NONE, 0),
    /* 9C */ R(pushf, NONE, NONE, 0), R(popf, NONE, NONE, 0), R(sahf, NONE, NONE, 0), R(lahf, NONE, NONE, 0),
    /* A0 */ TWICE(R(mov, A, O, W | STORE)), TWICE(R(mov, O, A, W | STORE)), TWICE(R(movs, NONE, NONE, W)), TWICE(R(cmps, NONE, NONE, W)),
    /* A8 */ TWICE(R(test, A, I, W | LOAD)), TWICE(R(stos, NONE, NONE, W)), TWICE(R(lods, NONE, NONE, W)), TWICE(R(scas, NONE, NONE, W)),
    /* B0 */ EIGHT(R(mov, R, I, BYTE | STORE)), EIGHT(R(mov, R, I, STORE)),
    /* C0 */ GROUP(2B), GROUP(2B), R(ret, NONE, IW, 0), R(ret, NONE, NONE, 0),
    /* C4 */ R(load_far, E, G, MEM), R(load_far, E, G, MEM), GROUP(11), GROUP(11),
    /* C8 */ R(enter, IW, IB, 0), R(leave, NONE, NONE, 0), R(retf, NONE, IW, 0), R(retf, NONE, NONE, 0),
    /* CC */ R(int3, NONE, NONE, 0), R(int, NONE, IB, 0), R(into, NONE, NONE, 0), R(iret, NONE, NONE, 0),
    /* D0 */ GROUP(2_1), GROUP(2_1), GROUP(2_CL), GROUP(2_CL),
    /* D4 */ R(aam, NONE, IB, 0), R(aad, NONE, IB, 0), R(salc, NONE, NONE, 0), R(xlat, NONE, NONE, 0),
    /* D8 */ EIGHT(R(x87, E, NONE, 0)),
    /* E0 */ R(loop, NONE, IB, 0), R(loop, NONE, IB, 0), R(loop, NONE, IB, 0), R(jcxz, NONE, IB, 0),
    /* E4 */ TWICE(R(in, NONE, IB, W)), TWICE(R(out, NONE, IB, W)),
    /* E8 */ R(call, NONE, I, 0), R(jmp, NONE, I, 0), R(jmp_far, P, NONE, 0), R(jmp, NONE, IB, 0),
    /* EC */ TWICE(R(in, NONE, NONE, W)), TWICE(R(out, NONE, NONE, W)),
    /* F0 */ PREFIX(PREFIX_LOCK), R(int1, NONE, NONE, 0), PREFIX(PREFIX_REP), PREFIX(PREFIX_REP), R(hlt, NONE, NONE, CPL0), R(flag, NONE, NONE, 0), GROUP(3), GROUP(3),
    /* F8 */ R(flag, NONE, NONE, 0), R(flag, NONE, NONE, 0), R(cli, NONE, NONE, 0), R(sti, NONE, NONE, 0),
    /* FC */ R(flag, NONE, NONE, 0), R(flag, NONE, NONE, 0), GROUP(4), GROUP(5),
};

const struct row table_0f[256] = {
    /* 00 */ GROUP(6), GROUP(7), R(lar, G, E, WORD | LOAD | PM), R(lsl, G, E, WORD | LOAD | PM),
    /* 04 */ UD, R(loadall, NONE, NONE, 0), R(clts, NONE, NONE, CPL0), R(loadall, NONE, NONE, 0),
    /* 08 */ R(wbinvd, NONE, NONE, CPL0), R(wbinvd, NONE, NONE, CPL0), UD, UD, UD, R(nop, E, NONE, 0), UD, UD,
    /* 10 */ EIGHT(SSE), EIGHT(R(nop, E, NONE, 0)),
    /* 20 */ R(mov_from_cr, X, NONE, CPL0), R(mov_dr, NONE, X, CPL0), R(mov_to_cr, NONE, X, CPL0), R(mov_dr, NONE, X, CPL0), FOUR(UD),
    /* 28 */ EIGHT(SSE),
    /* 30 */ R(wrmsr, NONE, NONE, CPL0 | NEED(MSR)), R(rdtsc, NONE, NONE, NEED(TSC)), R(rdmsr, NONE, NONE, CPL0 | NEED(MSR)),
    /* 33 */ R(rdpmc, NONE, NONE, NEED(CMOV)), R(sysenter, NONE, NONE, NEED(SYSENTER)), R(sysexit, NONE, NONE, CPL0 | NEED(SYSENTER)), UD, UD,
    /* 38 */ EIGHT(UD),
    /* 40 */ SIXTEEN(R(cmov, G, E, RMW | NEED(CMOV))),
    /* 50 */ SIXTEEN(SSE),
    /* 60 */ EIGHT(MMX), FOUR(MMX), SSE, SSE, MMX, MMX,
    /* 70 */ R(sse, E, NONE, IMMB | NEED(MMX)), R(sse, E, NONE, REG | IMMB | NEED(MMX)), R(sse, E, NONE, REG | IMMB | NEED(MMX)),
    /* 73 */ R(sse, E, NONE, REG | IMMB | NEED(MMX)), MMX, MMX, MMX, R(emms, NONE, NONE, NEED(MMX)), UD, UD, UD, UD, SSE, SSE, MMX, MMX,
    /* 80 */ SIXTEEN(R(jcc, NONE, I, 0)),
    /* 90 */ SIXTEEN(R(setcc, E, NONE, BYTE | STORE)),
    /* A0 */ R(push_seg, NONE, NONE, 0), R(pop_seg, NONE, NONE, 0), R(cpuid, NONE, NONE, 0), R(bt, E, G, 0),
    /* A4 */ R(shld, E, G, RMW | IMMB), R(shld, E, G, RMW), UD, UD,
    /* A8 */ R(push_seg, NONE, NONE, 0), R(pop_seg, NONE, NONE, 0), UD, R(bt, E, G, LOCK),
    /* AC */ R(shrd, E, G, RMW | IMMB), R(shrd, E, G, RMW), GROUP(15), R(imul2, G, E, RMW),
    /* B0 */ TWICE(R(cmpxchg, E, G, W | RMW | LOCK)), R(load_far, E, G, MEM), R(bt, E, G, LOCK),
    /* B4 */ R(load_far, E, G, MEM), R(load_far, E, G, MEM), R(movzx, G, E, BYTE | STORE), R(movzx, G, E, WORD | STORE),
    /* B8 */ R(popcnt, G, E, STORE | NEED(POPCNT)), R(ud, E, NONE, 0), GROUP(8), R(bt, E, G, LOCK),
    /* BC */ R(bsf, G, E, RMW), R(bsr, G, E, RMW), R(movsx, G, E, BYTE | STORE), R(movsx, G, E, WORD | STORE),
    /* C0 */ TWICE(R(xadd, E, G, W | RMW | LOCK)), SSEB, R(movnti, E, G, MEM | NEED(SSE)),
    /* C4 */ SSEB, SSEB, SSEB, GROUP(9), EIGHT(R(bswap, R, NONE, RMW)),
    /* D0 */ SSE, FOUR(MMX), MMX, SSE, MMX, EIGHT(MMX),
    /* E0 */ FOUR(MMX), MMX, MMX, SSE, MMX, EIGHT(MMX),
    /* F0 */ SSE, FOUR(MMX), MMX, MMX, R(maskmov, E, NONE, REG | NEED(MMX)), FOUR(MMX), MMX, MMX, MMX, R(ud, E, NONE, 0),
};

const struct row table_groups[GROUPS][8] = {
    [GROUP_1]    = { FOUR(R(alu, E, I, W | RMW | LOCK)), TWICE(R(alu, E, I, W | RMW | LOCK)), R(alu, E, I, W | RMW | LOCK), R(alu, E, I, W | LOAD) },
    [GROUP_1B]   = { FOUR(R(alu, E, IB, RMW | LOCK)), TWICE(R(alu, E, IB, RMW | LOCK)), R(alu, E, IB, RMW | LOCK), R(alu, E, IB, LOAD) },
    [GROUP_1A]   = { R(pop, E, NONE, STORE), UD, UD, UD, FOUR(UD) },
    [GROUP_2B]   = { EIGHT(R(shift, E, IB, W | RMW)) },
    [GROUP_2_1]  = { EIGHT(R(shift, E, 1, W | RMW)) },
    [GROUP_2_CL] = { EIGHT(R(shift, E, CL, W | RMW)) },
    [GROUP_3]    = { TWICE(R(test, E, I, W | LOAD)), R(not, E, NONE, W | RMW | LOCK), R(neg, E, NONE, W | RMW | LOCK),
                     R(mul, E, NONE, W | LOAD), R(imul1, E, NONE, W | LOAD), R(div, E, NONE, W | LOAD), R(idiv, E, NONE, W | LOAD) },
    [GROUP_4]    = { R(inc, E, NONE, BYTE | RMW | LOCK), R(dec, E, NONE, BYTE | RMW | LOCK), UD, UD, FOUR(UD) },
    [GROUP_5]    = { R(inc, E, NONE, RMW | LOCK), R(dec, E, NONE, RMW | LOCK), R(call_rm, E, NONE, LOAD), R(call_far_m, E, NONE, MEM),
                     R(jmp_rm, E, NONE, LOAD), R(jmp_far_m, E, NONE, MEM), R(push, NONE, E, 0), UD },
    [GROUP_6]    = { R(sldt, E, NONE, STORE | PM), R(str, E, NONE, STORE | PM), R(lldt, E, NONE, WORD | LOAD | PM | CPL0),
                     R(ltr, E, NONE, WORD | LOAD | PM | CPL0), R(verr, E, NONE, WORD | LOAD | PM), R(verw, E, NONE, WORD | LOAD | PM), UD, UD },
    [GROUP_7]    = { R(sgdt, E, NONE, 0), R(sidt, E, NONE, 0), R(lgdt, E, NONE, CPL0), R(lidt, E, NONE, CPL0),
                     R(smsw, E, NONE, STORE), UD, R(lmsw, E, NONE, WORD | LOAD | CPL0), R(invlpg, E, NONE, CPL0) },
    [GROUP_7_REG] = { R(vmcall, E, NONE, 0), R(monitor, E, NONE, 0), R(xgetbv, E, NONE, 0), R(vmcall, E, NONE, 0),
                     R(smsw, E, NONE, STORE), UD, R(lmsw, E, NONE, WORD | LOAD | CPL0), R(rdtscp, E, NONE, NEED(RDTSCP)) },
    [GROUP_8]    = { FOUR(UD), R(bt, E, IB, 0), R(bt, E, IB, LOCK), R(bt, E, IB, LOCK), R(bt, E, IB, LOCK) },
    [GROUP_9]    = { UD, R(cmpxchg8b, E, NONE, MEM | LOCK | NEED(CX8)), UD, UD, UD, UD,
                     R(random, E, NONE, REG | STORE | NEED(RDRAND)), R(random, E, NONE, REG | STORE | NEED(RDSEED)) },
    [GROUP_11]   = { R(mov, E, I, W | STORE), UD, UD, UD, FOUR(UD) },
    [GROUP_15]   = { R(fxsave, E, NONE, NEED(SSE)), R(fxsave, E, NONE, NEED(SSE)), R(sse, E, NONE, NEED(SSE)), R(sse, E, NONE, NEED(SSE)),
                     R(xsave, E, NONE, NEED(SSE)), R(xsave, E, NONE, NEED(SSE)), R(xsave, E, NONE, NEED(SSE)), R(fence, E, NONE, NEED(SSE)) },
    [GROUP_15_REG] = { FOUR(UD), UD, R(fence, E, NONE, NEED(SSE)), R(fence, E, NONE, NEED(SSE)), R(fence, E, NONE, NEED(SSE)) },
};

/* 0F 38: MOVBE and CRC32 at F0 and F1, ADCX and ADOX at F6, SSSE3 and SSE4 elsewhere. 0F 3A: the same with an immediate. */
const struct row *row_of_map3(const struct insn *i)
{
    static const struct row rows[] = {
        SSE, SSEB, R(movbe, G, E, MEM | STORE | NEED(MOVBE)), R(movbe, E, G, MEM | STORE | NEED(MOVBE)), R(adx, E, NONE, 0),
    };

    if (i->map == MAP_0F3A)
        return &rows[1];
    if (i->opcode == 0xF6)
        return &rows[4];
    return (i->opcode & 0xFE) == 0xF0 && i->rep != REP_NE ? &rows[2 + (i->opcode & 1)] : &rows[0];
}

/* Behind a VEX prefix: shifts by an immediate, comparisons, insertions and shuffles of 0F have one, and all of 0F 3A. */
const struct row *row_of_vex(const struct insn *i)
{
    static const struct row rows[] = { R(vex, E, NONE, 0), R(vex, E, NONE, IMMB), R(vzero, NONE, NONE, 0) };
    u8 op = i->opcode;

    if (i->map == MAP_0F && op == 0x77)
        return &rows[2];
    return &rows[i->map == MAP_0F3A || (i->map == MAP_0F && ((op & 0xFC) == 0x70 || op == 0xC2 || (op >= 0xC4 && op < 0xC7)))];
}

#define EXEC(name) exec_##name,
exec_function *const exec_functions[] = {
#include "exec.def"
};
#undef EXEC
