/* SPDX-License-Identifier: BSD-2-Clause */
/* The fuzzer's target with random inputs of a fixed seed; SEED and CASES choose others. */
#include "x86_test.h"
#include "../fuzz/x86_fuzz.c"

#define INPUTS      3000
#define INPUT_BYTES 600

static void test_random_inputs(void **state)
{
    u32 inputs = cases_wanted(INPUTS);
    u8 data[INPUT_BYTES];

    print_message("seed %llu\n", random_seed());
    for (u32 n = 0; n < inputs; n++) {
        u8 density = below(4);

        for (u32 k = 0; k < sizeof(data); k++)
            data[k] = below(4) >= density ? random32() : 0;
        LLVMFuzzerTestOneInput(data, sizeof(data));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_inputs) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
