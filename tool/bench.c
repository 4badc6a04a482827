/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `dfw bench`: how many instructions lie between reset and the boot sector, ours beside a peer's. QEMU's time counts instructions
 * (--icount), and so does the time-stamp counter, which our boot sector reads. `make bench` measures the services as well.
 */
#include "verbs.h"
#include "message.h"
#include "watch.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SECTOR_BYTES  512
#define DISK_BYTES    (1440 * 1024)        /* a floppy, or a small disk */
#define ANSWER        " instructions"
#define LIMIT_SECONDS "120"
#define RUNS          3
#define PEER          "/usr/share/seabios/bios-256k.bin"

extern const char bench_sector[SECTOR_BYTES];

/* The image with the boot sector, a file without a name: its descriptor, or -1 after one line. */
static int make_image(void)
{
    int fd = memfd_create("bench disk", MFD_CLOEXEC);

    if (fd >= 0 && write(fd, bench_sector, SECTOR_BYTES) == SECTOR_BYTES && !ftruncate(fd, DISK_BYTES))
        return fd;
    fault(DFW_USAGE, "the disk of the bench: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Instructions from reset to the boot sector; 0 after one line when it was not reached. */
static unsigned long long measure(enum drive_kind kind, const char *image, const char *bios)
{
    int heard = memfd_create("COM1", MFD_CLOEXEC);
    char *serial = text_of("/proc/self/fd/%d", heard), text[128] = "";
    struct options o = { .images = { { .kind = kind, .path = image } }, .image_count = 1, .bios = bios, .icount = true, .accel = "tcg",
                         .serial = serial, .expect = { ANSWER }, .expect_count = 1, .timeout = LIMIT_SECONDS };
    struct machine m;
    int code = options_check(&o);

    if (!code)
        code = machine_plan(&m, &o);
    if (!code)
        code = watch_machine(&m, engine_of(&o));
    if (!code && pread(heard, text, sizeof(text) - 1, 0) < 0)
        code = DFW_GUEST;
    close(heard);
    free(serial);
    return code ? 0 : strtoull(text, NULL, 16);
}

/* The least of several runs: while the host reads the image, a BIOS counts the instructions that it polls with. */
static unsigned long long measure_best(enum drive_kind kind, const char *image, const char *bios)
{
    unsigned long long best = measure(kind, image, bios);

    for (int i = 1; best && i < RUNS; i++) {
        unsigned long long again = measure(kind, image, bios);
        if (again && again < best)
            best = again;
    }
    return best;
}

static int measure_all(const char *image, bool peer)
{
    static const struct { const char *name; enum drive_kind kind; } media[] = { { "hard disk", DRIVE_DISK }, { "floppy", DRIVE_FLOPPY } };

    printf("%-44s %12s %12s\n", "instructions from reset to the boot sector", "dfw", "SeaBIOS");
    for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++) {
        unsigned long long ours = measure_best(media[i].kind, image, NULL);
        unsigned long long theirs = ours && peer ? measure_best(media[i].kind, image, PEER) : 0;
        if (!ours || (peer && !theirs))
            return DFW_GUEST;
        char *beside = peer ? text_of("%llu", theirs) : text_of("(not there)");
        printf("%-44s %12llu %12s\n", media[i].name, ours, beside);
        free(beside);
    }
    return DFW_OK;
}

int verb_bench(struct options *o)
{
    int fd = make_image();

    if (fd < 0)
        return DFW_USAGE;
    message_setup(o->verbose ? VERBOSE : QUIET, o->json);
    char *image = text_of("/proc/%d/fd/%d", (int)getpid(), fd);
    int code = measure_all(image, !access(PEER, R_OK));
    free(image);
    close(fd);
    return code;
}
