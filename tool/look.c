/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's screen: read from its memory, written to a file. */
#include "run.h"
#include "message.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool run_read_screen(struct run *r, bool (*memory)(struct run *r, uint32_t address, void *to, size_t bytes),
                     bool (*card_in_graphics)(struct run *r))
{
    uint8_t bda[BDA_BYTES];
    bool seen = memory(r, BDA_ADDRESS, bda, sizeof(bda));

    free(r->screen);
    free(r->flow);
    r->screen = r->flow = NULL;
    *r->graphics = 0;
    if (!seen)
        return false;
    r->shape = screen_shape(bda);
    if (!r->shape.text || card_in_graphics(r)) {
        snprintf(r->graphics, sizeof(r->graphics), "the screen is in graphics mode (BIOS mode %02Xh)", r->shape.mode);
        return true;
    }
    if (!r->window)
        r->window = allocate(TEXT_BYTES, 1);
    if (!memory(r, r->shape.memory, r->window, TEXT_BYTES))
        return false;
    r->screen = screen_text(&r->shape, r->window);
    r->flow = screen_flow(&r->shape, r->window);
    return true;
}

static int save_text(struct run *r, const char *path)
{
    FILE *file = fopen(path, "we");

    if (!file)
        return fault(DFW_USAGE, "%s: %s", path, strerror(errno));
    if (r->screen)
        fprintf(file, "%s\n", r->screen);
    else
        fprintf(file, "(no text screen: %s)\n", *r->graphics ? r->graphics : "the engine does not answer");
    return fclose(file) ? fault(DFW_USAGE, "%s: %s", path, strerror(errno)) : 0;
}

int run_save_screen(struct run *r, const char *path)
{
    struct picture picture;
    size_t length = strlen(path);
    int code;

    if (r->child.gone)
        return fault(DFW_GUEST, "--screen %s: the engine is gone, no screen to save", path);
    if (!strcmp(path + length - 4, ".txt")) {
        r->engine->look(r);
        code = save_text(r, path);
    } else if (!r->engine->picture(r, &picture)) {
        return fault(DFW_GUEST, "--screen %s: the engine gave no picture", path);
    } else {
        code = picture_write(&picture, path);
        free(picture.rgb);
    }
    if (!code)
        phase("screen written to %s", path);
    return code;
}
