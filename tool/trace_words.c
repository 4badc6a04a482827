/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls of BIOS services in words (Ralf Brown's Interrupt List has them all). A table's text holds fields in braces: {dl} the register in
 * hexadecimal, {al#} in decimal, {al'} as a character, {es:bx} a far pointer, and {chs} {dap} {e820} {us}, which are put together here.
 */
#include "trace.h"
#include "image.h"
#include "message.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FLAG_CF = 0x001, FLAG_ZF = 0x040, VBE = 0x4F, KEY_INTERCEPT = 0x4F, ANY_AH = -1 };

static const struct service {
    uint8_t vector;
    int ah;
    const char *call, *result;           /* result: NULL "ok" */
} services[] = {
    { 0x10, 0x00, "set mode {al}", NULL }, { 0x10, 0x01, "cursor lines {ch} to {cl}", NULL },
    { 0x10, 0x02, "cursor of page {bh#} to row {dh#}, column {dl#}", NULL },
    { 0x10, 0x03, "where is the cursor of page {bh#}", "row {dh#}, column {dl#}" }, { 0x10, 0x05, "show page {al#}", NULL },
    { 0x10, 0x06, "scroll up {al#} lines in {ch#},{cl#} to {dh#},{dl#}", NULL },
    { 0x10, 0x07, "scroll down {al#} lines in {ch#},{cl#} to {dh#},{dl#}", NULL },
    { 0x10, 0x08, "read the character at the cursor", "'{al'}', attribute {ah}" },
    { 0x10, 0x09, "write '{al'}', attribute {bl}, {cx#} times", NULL }, { 0x10, 0x0A, "write '{al'}' {cx#} times", NULL },
    { 0x10, 0x0B, "palette or border {bh}, {bl}", NULL }, { 0x10, 0x0C, "pixel {cx#},{dx#} to {al}", NULL },
    { 0x10, 0x0D, "colour of pixel {cx#},{dx#}", "{al}" }, { 0x10, 0x0E, "teletype '{al'}'", NULL },
    { 0x10, 0x0F, "which mode", "mode {al}, {ah#} columns, page {bh#}" }, { 0x10, 0x10, "palette, function {al}", NULL },
    { 0x10, 0x11, "font, function {al}", NULL }, { 0x10, 0x12, "configuration, function {bl}", "bx {bx}, cx {cx}" },
    { 0x10, 0x13, "write {cx#} characters of {es:bp} at row {dh#}, column {dl#}", NULL },
    { 0x10, 0x1A, "display combination, function {al}", "bl {bl}, bh {bh}" }, { 0x10, 0x1B, "state to {es:di}", NULL },
    { 0x10, 0x1C, "save or restore the state, function {al}", NULL },
    { 0x10, VBE, "VBE function {al}, bx {bx}, cx {cx}, dx {dx}, {es:di}", "bx {bx}, cx {cx}, dx {dx}" },

    { 0x13, 0x00, "reset drive {dl}", NULL }, { 0x13, 0x01, "status of drive {dl}", "{ah}" },
    { 0x13, 0x02, "read {al#} sectors at {chs} of drive {dl} to {es:bx}", "{al#} sectors" },
    { 0x13, 0x03, "write {al#} sectors at {chs} of drive {dl} from {es:bx}", "{al#} sectors" },
    { 0x13, 0x04, "verify {al#} sectors at {chs} of drive {dl}", NULL }, { 0x13, 0x05, "format a track at {chs} of drive {dl}", NULL },
    { 0x13, 0x08, "parameters of drive {dl}", "last {chs}, {dl#} drives" }, { 0x13, 0x0C, "seek drive {dl} to {chs}", NULL },
    { 0x13, 0x15, "type of drive {dl}", "type {ah}, cx {cx}, dx {dx}" }, { 0x13, 0x16, "is the disk of drive {dl} another", NULL },
    { 0x13, 0x41, "has drive {dl} extensions", "version {ah}, interfaces {cx}" }, { 0x13, 0x42, "read {dap} of drive {dl}", NULL },
    { 0x13, 0x43, "write {dap} of drive {dl}", NULL }, { 0x13, 0x44, "verify {dap} of drive {dl}", NULL },
    { 0x13, 0x47, "seek {dap} of drive {dl}", NULL }, { 0x13, 0x48, "extended parameters of drive {dl} to {ds:si}", NULL },
    { 0x13, 0x4B, "CD emulation, function {al}, drive {dl}", NULL },

    { 0x15, 0x24, "A20, function {al}", "ax {ax}, bx {bx}" }, { 0x15, 0x4F, "key {al} comes", "{al}" },
    { 0x15, 0x53, "APM function {al}, bx {bx}, cx {cx}", "bx {bx}, cx {cx}" }, { 0x15, 0x86, "wait {us}", NULL },
    { 0x15, 0x87, "copy {cx#} words by descriptors at {es:si}", NULL }, { 0x15, 0x88, "memory above 1 MiB", "{ax#} KiB" },
    { 0x15, 0x89, "to protected mode by descriptors at {es:si}", NULL }, { 0x15, 0x90, "device {al} is busy", NULL },
    { 0x15, 0x91, "device {al} is done", NULL }, { 0x15, 0xC0, "configuration", "at {es:bx}" }, { 0x15, 0xC1, "EBDA", "segment {es}" },
    { 0x15, 0xC2, "mouse, function {al}, bx {bx}", NULL },
    { 0x15, 0xE8, "memory map, function {al}, entry {ebx}", "{e820}" },

    { 0x16, 0x00, "wait for a key", "scan code {ah}, '{al'}'" }, { 0x16, 0x01, "is there a key", "scan code {ah}, '{al'}'" },
    { 0x16, 0x02, "shift keys", "{al}" }, { 0x16, 0x03, "typematic rate {bx}", NULL }, { 0x16, 0x05, "put key {cx}", "{al}" },
    { 0x16, 0x10, "wait for a key of 101", "scan code {ah}, '{al'}'" }, { 0x16, 0x11, "is there a key of 101", "scan code {ah}, '{al'}'" },
    { 0x16, 0x12, "extended shift keys", "{ax}" },
    { 0, ANY_AH, NULL, NULL },
};

static const struct { uint8_t code; const char *words; } disk_errors[] = {
    { 0x01, "bad function or parameter" }, { 0x02, "no address mark" }, { 0x03, "write protected" }, { 0x04, "sector not found" },
    { 0x06, "the disk is another" }, { 0x09, "DMA across 64 KiB" }, { 0x0C, "no such media type" }, { 0x10, "bad data" },
    { 0x20, "controller failed" }, { 0x31, "no medium" }, { 0x40, "seek failed" }, { 0x80, "time-out, or no such drive" },
    { 0xAA, "not ready" }, { 0xB0, "not locked" }, { 0xB2, "not removable" },
};

static const struct service *find(const struct trace_record *r)
{
    const struct service *s = services;

    while (s->call && (s->vector != r->vector || s->ah != (int)(r->eax >> 8 & 0xFF)))
        s++;
    return s;
}

/* A register by its name; false: there is none of that name. */
static bool get_register(const struct trace_record *r, const char *name, size_t length, uint32_t *value, int *digits)
{
    const struct { const char *name; uint32_t value; } registers[] = {
        { "ax", r->eax }, { "bx", r->ebx }, { "cx", r->ecx }, { "dx", r->edx }, { "si", r->esi }, { "di", r->edi }, { "bp", r->ebp },
        { "es", r->es }, { "ds", r->ds },
    };
    bool wide = length == 3 && *name == 'e';

    for (size_t i = 0; i < sizeof(registers) / sizeof(registers[0]); i++)
        if (length - wide == 2 && !memcmp(registers[i].name, name + wide, 2)) {
            *digits = wide ? 8 : 4;
            *value = wide ? registers[i].value : registers[i].value & 0xFFFF;
            return true;
        }
    if (length != 2 || !strchr("abcd", name[0]) || !strchr("lh", name[1]))
        return false;
    *value = registers[name[0] - 'a'].value >> (name[1] == 'h' ? 8 : 0) & 0xFF;
    *digits = 2;
    return true;
}

/* Disk address packet, EDD-3 section 8: count at 2, buffer at 4, block at 8. */
static char *packet_words(const uint8_t *p)
{
    return text_of("%u sectors from block %llu to %04X:%04X", le16(p + 2), (unsigned long long)le64(p + 8), le16(p + 6), le16(p + 4));
}

/* E820h: base, length, type (ACPI 6.4, table 15-1) at ES:DI; the other functions answer in registers. */
static char *memory_words(const struct trace_call *c)
{
    static const char *const types[] = { "?", "RAM", "reserved", "ACPI tables", "ACPI NVS", "bad" };
    const uint8_t *entry = c->memory_after;
    uint32_t type = le32(entry + 16);

    if ((c->call.eax & 0xFFFF) != 0xE820)
        return text_of("ax %04Xh, bx %04Xh, cx %04Xh, dx %04Xh", c->result.eax & 0xFFFF, c->result.ebx & 0xFFFF, c->result.ecx & 0xFFFF,
                       c->result.edx & 0xFFFF);
    return text_of("%llx, %llu KiB, %s%s", (unsigned long long)le64(entry), (unsigned long long)le64(entry + 8) / 1024,
                   type < sizeof(types) / sizeof(types[0]) ? types[type] : "other", c->result.ebx ? "" : ", the last");
}

static char *field(const struct trace_call *c, const struct trace_record *r, const char *name, size_t length)
{
    uint32_t value, offset;
    int digits;
    char kind = length && strchr("#'", name[length - 1]) ? name[length - 1] : 0;
    const char *colon = memchr(name, ':', length);

    if (length == 3 && !memcmp(name, "chs", 3))
        return text_of("%u/%u/%u", (r->ecx >> 8 & 0xFF) | (r->ecx << 2 & 0x300), r->edx >> 8 & 0xFF, r->ecx & 0x3F);
    if (length == 3 && !memcmp(name, "dap", 3))
        return packet_words(c->memory);
    if (length == 4 && !memcmp(name, "e820", 4))
        return memory_words(c);
    if (length == 2 && !memcmp(name, "us", 2))
        return text_of("%u us", r->ecx << 16 | (r->edx & 0xFFFF));
    if (colon && get_register(r, name, 2, &value, &digits) && get_register(r, colon + 1, 2, &offset, &digits))
        return text_of("%04X:%04X", value, offset);
    if (!get_register(r, name, length - (kind != 0), &value, &digits))
        return text_of("{%.*s}", (int)length, name);
    if (kind == '#')
        return text_of("%u", value);
    if (kind == '\'')
        return isprint((int)value) ? text_of("%c", (char)value) : text_of("\\x%02x", value);
    return text_of("%0*Xh", digits, value);
}

static char *expand(const struct trace_call *c, const struct trace_record *r, const char *text)
{
    char *done = text_of("%s", "");

    while (*text) {
        size_t plain = strcspn(text, "{"), length = text[plain] ? strcspn(text + plain + 1, "}") : 0;
        char *value = text[plain] ? field(c, r, text + plain + 1, length) : text_of("%s", "");
        char *longer = text_of("%s%.*s%s", done, (int)plain, text, value);
        free(done);
        free(value);
        done = longer;
        text += plain + (text[plain] ? length + 2 : 0);
    }
    return done;
}

char *trace_call_words(const struct trace_call *c)
{
    const struct service *s = find(&c->call);

    return expand(c, &c->call, s->call ? s->call : "ax {ax}, bx {bx}, cx {cx}, dx {dx}");
}

static char *failure_words(const struct trace_record *r)
{
    uint8_t code = (uint8_t)(r->eax >> 8);

    for (size_t i = 0; r->vector == 0x13 && i < sizeof(disk_errors) / sizeof(disk_errors[0]); i++)
        if (disk_errors[i].code == code)
            return text_of("failed, %02Xh: %s", code, disk_errors[i].words);
    return text_of("failed, %02Xh", code);
}

char *trace_result_words(const struct trace_call *c)
{
    const struct service *s = find(&c->call);
    const struct trace_record *r = &c->result;
    uint8_t ah = (uint8_t)(c->call.eax >> 8);

    bool says_failure = r->vector == 0x13 || (r->vector == 0x15 && ah != KEY_INTERCEPT);    /* there CF=1 is "take the key" */

    if (says_failure && r->flags & FLAG_CF)
        return failure_words(r);
    if (r->vector == 0x10 && ah == VBE && (r->eax & 0xFFFF) != VBE)
        return text_of("failed, ax %04Xh", r->eax & 0xFFFF);
    if (r->vector == 0x16 && (ah & 0x0F) == 1 && r->flags & FLAG_ZF)
        return text_of("no");
    return s->call && !s->result ? text_of("ok") : expand(c, r, s->result ? s->result : "ax {ax}, bx {bx}, cx {cx}, dx {dx}");
}
