/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fuzz target is one function that takes any bytes and must neither crash, nor leak, nor break what it asserts.
 * The same source is driven by libFuzzer (-Dfuzzing=true, clang) and, in an ordinary build, by wb-fuzz-main.c.
 */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);
