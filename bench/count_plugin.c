/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU TCG plugin: instructions executed until the boot sector's first one at 0:7C00, idle time
 * not counted (the TSC under -icount runs on while the processor halts); and how often the processor went to a
 * device in them, by port and in memory (the VGA's, too): each is an exit on a hypervisor. A repeated string
 * instruction counts once a repetition. Options: out=FILE; at=ADDRESS, another instruction, at which QEMU ends.
 * QEMU 7.2, docs/devel/tcg-plugins.rst, plugin API version 1; the few declarations used here
 * stand in for qemu-plugin.h, which Debian does not package.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BOOT_ADDRESS 0x7C00

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info_t;

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };
enum qemu_plugin_mem_rw { QEMU_PLUGIN_MEM_RW = 3 };
typedef uint32_t qemu_plugin_meminfo_t;
struct qemu_plugin_hwaddr;

typedef void (*vcpu_tb_trans_cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void (*vcpu_udata_cb)(unsigned int vcpu, void *userdata);
typedef void (*vcpu_mem_cb)(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *userdata);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, vcpu_tb_trans_cb cb);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, vcpu_udata_cb cb,
                                            enum qemu_plugin_cb_flags flags, void *userdata);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, enum qemu_plugin_op op,
                                                void *ptr, uint64_t imm);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, vcpu_mem_cb cb, enum qemu_plugin_cb_flags flags,
                                      enum qemu_plugin_mem_rw rw, void *userdata);
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info, uint64_t vaddr);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *haddr);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t idx);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info, int argc, char **argv);

extern const int qemu_plugin_version;
const int qemu_plugin_version = 1;

static uint64_t executed, ports, memory;
static const char *out;
static uint64_t address = BOOT_ADDRESS;

static void at_boot_sector(unsigned int vcpu, void *unused)
{
    FILE *f = out ? fopen(out, "w") : NULL;

    if (!f)
        return;
    fprintf(f, "%s %llu\n", address == BOOT_ADDRESS ? "boot_sector" : "kernel_entry", (unsigned long long)executed);
    if (address == BOOT_ADDRESS)
        fprintf(f, "boot_ports %llu\nboot_device_memory %llu\n", (unsigned long long)ports, (unsigned long long)memory);
    fclose(f);
    out = NULL;   /* the first time counts */
    if (address != BOOT_ADDRESS)
        _exit(0);
}

static void memory_accessed(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *unused)
{
    struct qemu_plugin_hwaddr *at = out ? qemu_plugin_get_hwaddr(info, vaddr) : NULL;

    if (at && qemu_plugin_hwaddr_is_io(at))
        memory++;
}

/* IN, OUT, INS, OUTS behind any prefixes: Intel SDM vol. 2, appendix A. */
static bool is_port_instruction(const struct qemu_plugin_insn *insn)
{
    const uint8_t *bytes = qemu_plugin_insn_data(insn);
    size_t n = qemu_plugin_insn_size(insn), i = 0;

    while (i + 1 < n && memchr("\x26\x2E\x36\x3E\x64\x65\x66\x67\xF2\xF3", bytes[i], 10))
        i++;
    return (bytes[i] >= 0xE4 && bytes[i] <= 0xE7) || (bytes[i] >= 0xEC && bytes[i] <= 0xEF) || (bytes[i] >= 0x6C && bytes[i] <= 0x6F);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t n = qemu_plugin_tb_n_insns(tb);

    for (size_t i = 0; i < n; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        if (qemu_plugin_insn_vaddr(insn) == address)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, at_boot_sector, QEMU_PLUGIN_CB_NO_REGS, NULL);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, &executed, 1);
        if (address != BOOT_ADDRESS)
            continue;
        qemu_plugin_register_vcpu_mem_cb(insn, memory_accessed, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, NULL);
        if (is_port_instruction(insn))
            qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, &ports, 1);
    }
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (!strncmp(argv[i], "out=", 4))
            out = argv[i] + 4;
        else if (!strncmp(argv[i], "at=", 3))
            address = strtoull(argv[i] + 3, NULL, 16);
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
