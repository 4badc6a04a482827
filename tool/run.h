/* SPDX-License-Identifier: BSD-2-Clause */
/* One run of a machine: the engine's process, the streams between it and us, what we saw. */
#ifndef RUN_H
#define RUN_H

#include "child.h"
#include "exits.h"
#include "keys.h"
#include "machine.h"
#include "picture.h"
#include "textscreen.h"
#include "trace.h"
#include "transcript.h"

struct run;

/* An engine. Calls that fail leave the run going. */
struct engine {
    const char *name;
    /* A line of shell to run before `command`, the caller's to free; NULL: none. The member may be NULL. */
    char *(*prepare)(const struct machine *m);
    /* The command line that a person could run. */
    void (*command)(const struct machine *m, struct argv *a);
    /* Ticks of the guest's time-stamp counter in a microsecond; 0, or no such member: as many as the host's. */
    double (*ticks)(const struct machine *m);
    /* Start it; 0 or an exit code after one line. Fills the descriptors of the run. */
    int (*start)(struct run *r);
    /* control_fd has something to read. */
    void (*control)(struct run *r);
    /* display_fd has something to read. */
    void (*display)(struct run *r);
    /* Fill r->screen and r->flow, or r->graphics. */
    bool (*look)(struct run *r);
    /* Take a picture of the screen. */
    bool (*picture)(struct run *r, struct picture *p);
    /* Read 64-bit words of the machine's physical memory. */
    bool (*words)(struct run *r, uint64_t address, uint64_t *to, unsigned count);
    /* The guest has taken the keys pressed so far. */
    bool (*takes_keys)(struct run *r);
    /* Press and release the keys of a chord. */
    void (*press)(struct run *r, const struct key_step *chord);
    /*
     * End it in an orderly way where it runs, within a second, with --write a minute; free what `state` holds. Called once there
     * is a state.
     */
    void (*stop)(struct run *r);
};

extern const struct engine engine_qemu, engine_bochs, engine_xen;

struct line {
    char text[512];
    size_t length;
};

struct run {
    const struct machine *machine;
    const struct engine *engine;
    void *state;                       /* the engine's */
    struct child child;
    int serial_in, serial_out;         /* to and from COM1; -1: closed */
    int debug_fd, error_fd, control_fd, display_fd;     /* display_fd is the engine's to close */
    int memory_fd;                     /* a memfd the engine writes guest memory to */
    int signal_fd;
    int serial_file, debug_file;       /* where the user wants them; -1: nowhere */
    struct transcript serial;
    struct line debug_line, error_line;
    struct exits exits;
    struct trace trace;
    char last_error[512];              /* last line the engine wrote on stderr */
    void (*error_hook)(struct run *r, const char *text);    /* sees each such line; NULL: nobody */
    char *screen, *flow;               /* latest text screen; NULL: none */
    struct screen_shape shape;         /* of the latest screen */
    uint8_t *window;                   /* its TEXT_BYTES of memory, while there is a text screen */
    char graphics[64];                 /* why there is no text, or "" */
    bool powered_off, crashed;
    int resets;                        /* asked for by the guest */
    int signal;                        /* that ends us, or 0 */
};

/* Descriptors closed, signals caught, files opened; 0 or an exit code. */
int run_open(struct run *r, const struct machine *m, const struct engine *engine);

/* Wait up to `milliseconds` for anything from the engine, and take it all in. */
void run_pump(struct run *r, int milliseconds);

/* Bytes from the guest's COM1. */
void run_serial(struct run *r, const char *data, size_t bytes);

/* Bytes from the firmware's debug port. */
void run_debug(struct run *r, const char *data, size_t bytes);

/* The guest reset the machine. */
void run_reset(struct run *r);

/* Close and free everything; the engine is dead afterwards. */
void run_close(struct run *r);

/* For engine->look: reads the text screen of a paused machine by the engine's means. False: the engine does not answer. */
bool run_read_screen(struct run *r, bool (*memory)(struct run *r, uint32_t address, void *to, size_t bytes),
                     bool (*card_in_graphics)(struct run *r));

/* Write the screen to a file: by its ending .txt the text, else the picture. 0 or an exit code after one line. */
int run_save_screen(struct run *r, const char *path);

/* `text` is on the screen or, from position *from on, on COM1; moves *from behind it. */
bool run_sees(const struct run *r, const char *text, size_t *from);

/* The first `bytes` that the engine wrote to memory_fd; empties it. Returns bytes read. */
size_t run_take_memory(struct run *r, void *to, size_t bytes);

#endif
