/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI BIOS by INT 1Ah and by BIOS32; APM; PnP. From real mode and from both protected modes. */
#include "services.h"

#define BIOS_BASE   0xF0000u
#define ICP         0x20494350u   /* "PCI " */
#define SERVICE_PCI 0x49435024u   /* "$PCI" */

typedef void call_fn(struct regs *r);

static u32 pci32_entry, pci32_base;

static void by_int(struct regs *r)      { call_bios(0x1A, r); }
static void by_bios32(struct regs *r)   { call32(pci32_base + pci32_entry, r, 0); }
static void by_segment(struct regs *r)  { call32(pci32_entry, r, pci32_base); }

/* Segment F000 offset of a structure, 0 if there is none with a right checksum. */
static u16 scan(u32 signature, u8 length)
{
    for (u32 at = 0; at < 0x10000; at += 16) {
        u8 sum = 0;
        if (far_read32(F, at) != signature)
            continue;
        for (u8 i = 0; i < length; i++)
            sum += far_read8(F, at + i);
        if (!sum)
            return at;
    }
    return 0;
}

static void test_functions(call_fn *call, const char *how)
{
    struct regs r = { .eax = 0x1234B101, .esi = 0x5678DEAD, .ebp = 0xCAFE0001 };
    u16 host;

    note(how, 0);
    call(&r);
    check(!(r.flags & FLAG_CF) && r.ah == 0 && r.edx == ICP && r.bx == 0x0300 && r.al & 1, "B101h: present");
    check(r.esi == 0x5678DEAD && r.ebp == 0xCAFE0001 && r.eax >> 16 == 0x1234, "B101h: the rest is preserved");
    r = (struct regs){ .eax = 0xB103, .ecx = 0x060000 };
    call(&r);
    check(!(r.flags & FLAG_CF) && r.bx == 0 && r.ecx == 0x060000, "B103h: the host bridge is 00:00.0");
    r = (struct regs){ .eax = 0xB10A, .ebx = 0, .edi = 0 };
    call(&r);
    host = r.ecx >> 16;
    check(!(r.flags & FLAG_CF) && (u16)r.ecx == 0x8086, "B10Ah: its vendor is Intel");
    r = (struct regs){ .eax = 0xB102, .ecx = host, .edx = 0x8086 };
    call(&r);
    check(!(r.flags & FLAG_CF) && r.bx == 0, "B102h: found by vendor and device");
    r = (struct regs){ .eax = 0xB102, .ecx = host, .edx = 0x8086, .esi = 1 };
    call(&r);
    check(r.flags & FLAG_CF && r.ah == 0x86, "B102h: there is no second");
    r = (struct regs){ .eax = 0xB109, .ebx = 0, .edi = 2 };
    call(&r);
    check_equal(r.cx, host, "B109h: word");
    r = (struct regs){ .eax = 0xB108, .ebx = 0, .edi = 3 };
    call(&r);
    check_equal(r.cl, host >> 8, "B108h: byte");
    r = (struct regs){ .eax = 0xB109, .ebx = 0, .edi = 3 };
    call(&r);
    check(r.flags & FLAG_CF && r.ah == 0x87, "B109h: odd register is refused");
    r = (struct regs){ .eax = 0xB103, .ecx = 0x030000 };
    call(&r);
    u16 vga = r.bx;
    r = (struct regs){ .eax = 0xB10B, .ebx = vga, .ecx = 0x5A, .edi = 0x3C };
    call(&r);
    r = (struct regs){ .eax = 0xB108, .ebx = vga, .edi = 0x3C };
    call(&r);
    check_equal(r.cl, 0x5A, "B10Bh: write a byte");
    r = (struct regs){ .eax = 0xB105 };
    call(&r);
    check(r.flags & FLAG_CF && r.ah == 0x81, "B105h does not exist");
    r = (struct regs){ .eax = 0xB10F };
    call(&r);
    check(r.flags & FLAG_CF && r.ah == 0x88, "B10Fh: interrupts stay as they are routed");
}

static void test_routing(void)
{
    static struct { u16 size; u16 offset, segment; } buffer;
    struct regs r = { .eax = 0xB10E, .edi = (u32)&buffer };

    call_bios(0x1A, &r);
    if (r.ah == 0x81)
        return check(true, "B10Eh: no $PIR table # SKIP");
    check(r.flags & FLAG_CF && r.ah == 0x89 && buffer.size % 16 == 0 && buffer.size, "B10Eh: size of the routing table");
    buffer.segment = 0x2000;
    r = (struct regs){ .eax = 0xB10E, .edi = (u32)&buffer };
    call_bios(0x1A, &r);
    check(!(r.flags & FLAG_CF) && far_read8(0x2000, 0) == 0, "B10Eh: the table");
}

static void test_bios32(void)
{
    u16 header = scan(0x5F32335F, 16);
    struct regs r = { .eax = SERVICE_PCI };

    check(header, "_32_ with a right checksum");
    u32 entry = far_read32(F, header + 4);
    call32(entry, &r, 0);
    check(r.al == 0 && r.ebx == BIOS_BASE && r.edx < r.ecx, "BIOS32: $PCI");
    pci32_base = r.ebx;
    pci32_entry = r.edx;
    r = (struct regs){ .eax = 0x12345678 };
    call32(entry, &r, 0);
    check_equal(r.al, 0x80, "BIOS32: an unknown service");
    r = (struct regs){ .eax = SERVICE_PCI, .ebx = 1 };
    call32(entry, &r, 0);
    check_equal(r.al, 0x81, "BIOS32: an unknown function");
}

static void test_apm(void)
{
    struct regs r = { .eax = 0x5300 };

    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF) && r.ax == 0x0102 && r.bx == 0x504D && (r.cx & 3) == 3, "5300h: APM 1.2, both interfaces");
    r = (struct regs){ .eax = 0x5303 };
    call_bios(0x15, &r);
    u32 entry32 = r.ebx;
    check(!(r.flags & FLAG_CF) && r.ax == F && r.cx == F, "5303h: connect, 32-bit");
    r = (struct regs){ .eax = 0x530A, .ebx = 1 };
    call32(entry32, &r, BIOS_BASE);
    check(!(r.flags & FLAG_CF) && r.bh == 1 && r.ch == 0x80, "APM 32-bit entry: power status");
    r = (struct regs){ .eax = 0x530B };
    call32(entry32, &r, BIOS_BASE);
    check(r.flags & FLAG_CF && r.ah == 0x80, "APM 32-bit entry: no event");
    r = (struct regs){ .eax = 0x5302 };
    call_bios(0x15, &r);
    u16 entry16 = r.bx;
    check(!(r.flags & FLAG_CF) && r.ax == F, "5302h: connect, 16-bit");
    r = (struct regs){ .eax = 0x530A, .ebx = 1 };
    call16(entry16, &r, BIOS_BASE);
    check(!(r.flags & FLAG_CF) && r.bh == 1, "APM 16-bit entry: power status");
    r = (struct regs){ .eax = 0x5301 };
    call_bios(0x15, &r);
    check(!(r.flags & FLAG_CF), "5301h: connect, real mode");
    r = (struct regs){ .eax = 0x53FF };
    call_bios(0x15, &r);
    check(r.flags & FLAG_CF, "53FFh does not exist");
}

/* int FAR pnp(function, version FAR *, selector): from real mode, arguments on the stack. */
static struct farptr pnp_entry __attribute__((used));
static u16 pnp_version __attribute__((used));

static u16 pnp(u16 function)
{
    u16 result;

    asm volatile("pushw $0xF000\n\tpushw $0\n\tpushw $pnp_version\n\tpushw %1\n\tlcallw *pnp_entry\n\taddw $8, %%sp"
                 : "=a"(result) : "r"(function) : "memory");
    return result;
}

static void test_pnp(void)
{
    u16 header = scan(0x506E5024, 0x21);

    check(header, "$PnP with a right checksum");
    pnp_entry.offset = far_read16(F, header + 0x0D);
    pnp_entry.segment = far_read16(F, header + 0x0F);
    check(pnp(0x60) == 0 && pnp_version == 0x0101, "PnP 60h: BIOS Boot Specification 1.1");
    check_equal(pnp(0x00), 0x82, "PnP: no other function");
}

void test_pci(void)
{
    test_functions(by_int, "PCI BIOS by INT 1Ah");
    test_routing();
    test_bios32();
    test_functions(by_bios32, "PCI BIOS by BIOS32, flat CS");
    test_functions(by_segment, "PCI BIOS by BIOS32, CS from F0000");
    test_apm();
    test_pnp();
    check(scan(0x4D4D5024, 0x10), "$PMM with a right checksum");
}
