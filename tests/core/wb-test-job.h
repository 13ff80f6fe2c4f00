/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests of a packer's work share: one order, and hands that scan.
 */
#pragma once

#include "core/wb-job-answer.h"

G_BEGIN_DECLS

/**
 * wb_test_job_new:
 *
 * Returns: (transfer full): two teapots (also in cases of 12), three trays; gift wrap to acknowledge; two boxes
 */
WbJob *wb_test_job_new (void);

/**
 * wb_test_job_new_trays:
 *
 * Returns: (transfer full): two trays and a box for them, and nothing to read
 */
WbJob *wb_test_job_new_trays (void);

/**
 * wb_test_job_take:
 * @answer: (transfer full): has events, or refuses; says something in any case
 *
 * Does what was answered.
 *
 * Returns: what kind of answer it was
 */
WbJobAnswerKind wb_test_job_take (WbJobState *state, WbJobAnswer *answer);
WbJobAnswerKind wb_test_job_scan (WbJobState *state, const char *text);

/**
 * wb_test_job_prepare:
 *
 * Scans what is right until this step is reached.
 */
void wb_test_job_prepare (WbJobState *state, WbJobStep step);

/**
 * wb_test_job_label_all:
 *
 * What the bench would do: a label made and printed for every parcel, T1, T2 and so on.
 */
void wb_test_job_label_all (WbJobState *state);

G_END_DECLS
