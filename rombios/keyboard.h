/* SPDX-License-Identifier: BSD-2-Clause */
/* The keyboard buffer and lamps, shared by IRQ1, INT 16h and the serial console. */
#ifndef KEYBOARD_H
#define KEYBOARD_H

#include "bios.h"
#include "spec/bda.h"

#define ENTRY_15  0xF000F859u

/* Append scan code << 8 | character to the buffer at 40:1A; false if it is full. */
bool keyboard_put(u16 key);

/* Remove the first key of the buffer. FS = BDA. */
void keyboard_drop(void);

/* The buffer word of the US key that types an ASCII character; scan code 0 if none does. */
u16 keyboard_from_ascii(u8 c);

/* Make the lamps follow 40:17: sends the LED command unless one is under way. */
void keyboard_update_leds(void);

/* An ACK or resend of the keyboard for the LED command. FS = BDA. True: the byte was one. */
bool keyboard_answer(u8 byte);

/* Whether a program took INT 15h: only then are its hooks (4Fh, 90h, 91h) worth a call. Keeps FS = BDA. */
static inline bool int15_hooked(void)
{
    bool hooked = !vector_is(0x15, ENTRY_15);

    fs_load(SEG_BDA);
    return hooked;
}

#endif
