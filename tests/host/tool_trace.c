/* SPDX-License-Identifier: BSD-2-Clause */
/* dfw's --trace: the firmware's lines in words. */
#include "tool/message.c"
#include "tool/trace.c"
#include "tool/trace_words.c"
#include "tool/trace_instructions.c"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static char told[65536];

/* As the firmware writes it. */
static char *line_of(char kind, const struct trace_record *r, const uint8_t *memory, uint32_t ticks)
{
    static char line[256];
    char *to = line;
    uint8_t bytes[TRACE_SIZE + TRACE_MEMORY + TRACE_TSC_SIZE];
    size_t extra = memory_bytes((uint8_t)r->vector), n = TRACE_SIZE + extra + TRACE_TSC_SIZE;

    memcpy(bytes, r, TRACE_SIZE);
    memcpy(bytes + TRACE_SIZE, memory, extra);
    memcpy(bytes + TRACE_SIZE + extra, &ticks, TRACE_TSC_SIZE);
    *to++ = TRACE_MARK;
    *to++ = kind;
    for (size_t i = 0; i < n; i++) {
        *to++ = (char)(TRACE_ZERO + (bytes[i] >> 4));
        *to++ = (char)(TRACE_ZERO + (bytes[i] & 15));
    }
    *to = 0;
    return line;
}

static struct trace begin(const char *wanted)
{
    struct trace t;

    assert_int_equal(trace_check(wanted), 0);
    assert_int_equal(trace_open(&t, wanted, NULL, 1000), 0);
    memset(told, 0, sizeof(told));
    t.out = fmemopen(told, sizeof(told), "w");
    return t;
}

/* One call and its return; what is told of it, without the time of day. */
static const char *tell_one(struct trace_record call, struct trace_record result, const uint8_t *memory)
{
    struct trace t = begin("int10,int13,int15,int16");

    result.vector = call.vector;
    assert_true(trace_hear(&t, line_of(TRACE_CALL, &call, memory, 5000)));
    assert_true(trace_hear(&t, line_of(TRACE_RETURN, &result, memory, 7500)));
    trace_close(&t);
    told[strcspn(told, "\n")] = 0;
    return strstr(told, "int");
}

static void calls_in_words(void **state)
{
    static const uint8_t packet[TRACE_MEMORY] = { 16, 0, 8, 0, 0x34, 0x12, 0x00, 0x10, 0x00, 0x08 };
    static const uint8_t entry[TRACE_MEMORY] = { 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x0F, 0, 0, 0, 0, 1 };
    static const uint8_t none[TRACE_MEMORY];

    assert_string_equal(tell_one((struct trace_record){ .vector = 0x13, .eax = 0x0203, .ecx = 0x1285, .edx = 0x0180, .es = 0x7C0, .ebx = 0x200 },
                                 (struct trace_record){ .eax = 0x0003 }, none),
                        "int13 0000:0000  read 3 sectors at 530/1/5 of drive 80h to 07C0:0200: 3 sectors (2.5 us)");
    assert_string_equal(tell_one((struct trace_record){ .vector = 0x13, .eax = 0x4200, .edx = 0x80 },
                                 (struct trace_record){ .eax = 0x0400, .flags = FLAG_CF }, packet),
                        "int13 0000:0000  read 8 sectors from block 2048 to 1000:1234 of drive 80h: failed, 04h: sector not found (2.5 us)");
    assert_string_equal(tell_one((struct trace_record){ .vector = 0x15, .eax = 0xE820 }, (struct trace_record){ .eax = 0x534D4150 }, entry),
                        "int15 0000:0000  memory map, function 20h, entry 00000000h: 100000, 261120 KiB, RAM, the last (2.5 us)");
    assert_string_equal(tell_one((struct trace_record){ .vector = 0x10, .eax = 0x4F02 }, (struct trace_record){ .eax = 0x014F }, none),
                        "int10 0000:0000  VBE function 02h, bx 0000h, cx 0000h, dx 0000h, 0000:0000: failed, ax 014Fh (2.5 us)");
    assert_string_equal(tell_one((struct trace_record){ .vector = 0x16, .eax = 0x0100 }, (struct trace_record){ .flags = FLAG_ZF }, none),
                        "int16 0000:0000  is there a key: no (2.5 us)");
    assert_string_equal(tell_one((struct trace_record){ .vector = 0x16 }, (struct trace_record){ .eax = 0x1E61 }, none),
                        "int16 0000:0000  wait for a key: scan code 1Eh, 'a' (2.5 us)");
    assert_string_equal(tell_one((struct trace_record){ .vector = 0x15, .eax = 0x8600, .ecx = 1, .edx = 2 }, (struct trace_record){ 0 }, none),
                        "int15 0000:0000  wait 65538 us: ok (2.5 us)");
    assert_string_equal(tell_one((struct trace_record){ .vector = 0x13, .eax = 0xEE77 }, (struct trace_record){ .eax = 0x01EE }, none),
                        "int13 0000:0000  ax EE77h, bx 0000h, cx 0000h, dx 0000h: ax 01EEh, bx 0000h, cx 0000h, dx 0000h (2.5 us)");
}

static void filters(void **state)
{
    static const uint8_t none[TRACE_MEMORY];
    struct trace_record read = { .vector = 0x13, .eax = 0x0201 }, reset = { .vector = 0x13 };
    struct trace t = begin("int13:02,modes");

    assert_true(trace_hear(&t, line_of(TRACE_CALL, &reset, none, 0)));
    assert_true(trace_hear(&t, line_of(TRACE_RETURN, &reset, none, 0)));
    assert_true(trace_hear(&t, line_of(TRACE_CALL, &read, none, 0)));
    assert_true(trace_hear(&t, "~mprocessor 0: to protected mode"));
    trace_close(&t);
    assert_null(strstr(told, "reset"));
    assert_non_null(strstr(told, "read 1 sectors"));
    assert_non_null(strstr(told, "has not returned"));
    assert_non_null(strstr(told, "modes  processor 0: to protected mode"));
    char *word = trace_firmware_word("int13:02,int13:42,exits,modes");
    assert_string_equal(word, "trace=int13,modes");
    free(word);
    assert_null(trace_firmware_word("exits"));
    static const char *const wrong[] = { "", "int21", "int13:", "int13:123", "modes:1", "int13:4x" };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(trace_check(wrong[i]), DFW_USAGE);
}

/* Calls within calls, calls that never return, lines that are none. */
static void broken_lines(void **state)
{
    static const uint8_t none[TRACE_MEMORY];
    struct trace_record outer = { .vector = 0x10, .ip = 1 }, inner = { .vector = 0x10, .ip = 2 };
    struct trace t = begin("int10");

    for (int i = 0; i < 3 * TRACE_DEPTH; i++)
        trace_hear(&t, line_of(TRACE_CALL, &inner, none, 0));
    trace_hear(&t, line_of(TRACE_CALL, &outer, none, 0));
    trace_hear(&t, line_of(TRACE_CALL, &inner, none, 0));
    trace_hear(&t, line_of(TRACE_RETURN, &outer, none, 0));
    assert_int_equal(t.depth, TRACE_DEPTH - 2);
    assert_true(trace_hear(&t, "~>AB"));
    assert_true(trace_hear(&t, "~<"));
    assert_false(trace_hear(&t, "~"));
    assert_false(trace_hear(&t, "vmxloader: map"));
    trace_close(&t);
}

static void instructions(void **state)
{
    static const char *const pairs[][2] = {
        { "0000:7efe cd 10 66 61 66 9d c3 9c", "0000:7efe cd 10 66 61 66 9d c3 9c  INT 10h" },
        { "0000:84e9 0f 22 c0 ea 00 00 08 00", "0000:84e9 0f 22 c0 ea 00 00 08 00  MOV to CR" },
        { "f000:0000 66 2e 0f 01 16 00 00 00", "f000:0000 66 2e 0f 01 16 00 00 00  LGDT" },
        { "f000:0000 f4 90 90 90 90 90 90 90", "f000:0000 f4 90 90 90 90 90 90 90  HLT" },
        { "f000:0000 01 c0", "f000:0000 01 c0" }, { "f000:0000", "f000:0000" },
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        char *words_of_it = trace_instruction_words(pairs[i][0]);
        assert_string_equal(words_of_it, pairs[i][1]);
        free(words_of_it);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_in_words), cmocka_unit_test(filters), cmocka_unit_test(broken_lines), cmocka_unit_test(instructions),
    };
    return cmocka_run_group_tests_name("tool_trace", tests, NULL, NULL);
}
