/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU TCG plugin: instructions executed until the boot sector's first one at 0:7C00, idle time
 * not counted (the TSC under -icount runs on while the processor halts). Options: out=FILE; at=ADDRESS, another
 * instruction, at which QEMU ends.
 * QEMU 7.2, docs/devel/tcg-plugins.rst, plugin API version 1; the few declarations used here
 * stand in for qemu-plugin.h, which Debian does not package.
 */
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

typedef void (*vcpu_tb_trans_cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void (*vcpu_udata_cb)(unsigned int vcpu, void *userdata);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, vcpu_tb_trans_cb cb);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, vcpu_udata_cb cb,
                                            enum qemu_plugin_cb_flags flags, void *userdata);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, enum qemu_plugin_op op,
                                                void *ptr, uint64_t imm);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t idx);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info, int argc, char **argv);

extern const int qemu_plugin_version;
const int qemu_plugin_version = 1;

static uint64_t executed;
static const char *out;
static uint64_t address = BOOT_ADDRESS;

static void at_boot_sector(unsigned int vcpu, void *unused)
{
    FILE *f = out ? fopen(out, "w") : NULL;

    if (!f)
        return;
    fprintf(f, "%s %llu\n", address == BOOT_ADDRESS ? "boot_sector" : "kernel_entry", (unsigned long long)executed);
    fclose(f);
    out = NULL;   /* the first time counts */
    if (address != BOOT_ADDRESS)
        _exit(0);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t n = qemu_plugin_tb_n_insns(tb);

    for (size_t i = 0; i < n; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        if (qemu_plugin_insn_vaddr(insn) == address)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, at_boot_sector, QEMU_PLUGIN_CB_NO_REGS, NULL);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, &executed, 1);
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
