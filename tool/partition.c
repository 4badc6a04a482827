/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hypervisor's partition: QEMU emulates SVM, Bochs VMX, and KVM passes on what the processor below has where it
 * nests. The firmware is asked for it by words of its command line (include/abi/partition.h).
 */
#include "partition.h"
#include "machine.h"
#include "message.h"
#include "trace.h"
#include <stdlib.h>
#include <string.h>

static bool wanted(const struct options *o)
{
    return !option_is(o->partition, "none");
}

void partition_choose_engine(struct options *o)
{
    const char *why;

    if (o->engine || !option_is(o->partition, "vmx"))
        return;
    bool emulate = option_is(o->accel, "tcg") || o->icount || !kvm_nests("vmx", &why);
    o->engine = emulate ? "bochs" : "qemu";
    detail("--partition vmx: engine %s", o->engine);
}

int partition_check(const struct options *o)
{
    if (!wanted(o) && (o->strict || o->assist))
        return fault(DFW_USAGE, "--%s: only with --partition vmx, svm or auto", o->strict ? "strict" : "assist");
    if (!wanted(o))
        return 0;
    if (option_is(o->engine, "bochs") && option_is(o->partition, "svm"))
        return fault(DFW_USAGE, "--partition svm: QEMU emulates SVM (--engine qemu); Bochs is the engine of --partition vmx");
    if (option_is(o->engine, "qemu") && option_is(o->partition, "vmx") && (option_is(o->accel, "tcg") || o->icount))
        return fault(DFW_USAGE, "--partition vmx: QEMU emulates no VMX (--engine bochs does)");
    return 0;
}

int partition_accelerate(const struct options *o, bool *kvm)
{
    const char *vendor = option_is(o->partition, "auto") ? "vmx or svm" : o->partition, *why = "no guest starts on it";

    if (!wanted(o))
        return 0;
    bool nests = *kvm && (option_is(o->partition, "auto") ? kvm_nests("vmx", &why) || kvm_nests("svm", &why) : kvm_nests(vendor, &why));
    if (nests)
        return 0;
    if (option_is(o->partition, "vmx")) {
        kvm_nests("vmx", &why);         /* says what keeps it from that */
        return fault(DFW_USAGE, "--partition vmx: QEMU emulates no VMX, and KVM cannot pass it on: %s (--engine bochs emulates it)", why);
    }
    if (option_is(o->accel, "kvm"))
        return fault(DFW_USAGE, "--partition %s: KVM passes on no %s here: %s (--accel tcg emulates SVM)", o->partition, vendor, why);
    *kvm = false;
    return 0;
}

char *partition_cpu(const struct options *o, bool kvm)
{
    const char *base = o->cpu, *feature = option_is(o->partition, "vmx") ? "vmx" : "svm";

    if (!wanted(o))
        return base ? text_of("%s", base) : NULL;
    if (kvm)     /* the model "host" has all that KVM passes on */
        return !base ? text_of("host") : option_is(o->partition, "auto") || strstr(base, feature) ? text_of("%s", base) :
               text_of("%s,+%s", base, feature);
    return text_of("%s%s%s", base ? base : "qemu64", base && strstr(base, "svm") ? "" : ",+svm",
                   base && strstr(base, "npt") ? "" : ",+npt");
}

char *firmware_words(const struct options *o)
{
    char *partition = !wanted(o) ? NULL : text_of("partition=%s%s%s", o->partition, o->strict ? " strict" : "",
                                                  option_is(o->assist, "interpret") ? " assist=interpret" : "");
    char *trace = trace_firmware_word(o->trace), *all = NULL;
    const char *const parts[] = { partition, trace, o->cmdline };

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (!parts[i] || !*parts[i])
            continue;
        char *longer = text_of("%s%s%s", all ? all : "", all ? " " : "", parts[i]);
        free(all);
        all = longer;
    }
    free(partition);
    free(trace);
    return all;
}
