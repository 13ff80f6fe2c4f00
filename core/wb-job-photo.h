/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a parcel is photographed without anybody asking: what such a moment is, and whether a parcel has come to it. Pure
 * functions, any thread.
 */
#pragma once

#include "core/wb-job-state.h"

G_BEGIN_DECLS

/**
 * WbJobPhoto:
 * @WB_JOB_PHOTO_PACKED: everything is in the box, and it is still open
 * @WB_JOB_PHOTO_WEIGHED: it was weighed
 * @WB_JOB_PHOTO_LABELLED: its label was scanned on it
 *
 * Moments, as flags.
 */
typedef enum
{
  WB_JOB_PHOTO_PACKED = 1 << 0,
  WB_JOB_PHOTO_WEIGHED = 1 << 1,
  WB_JOB_PHOTO_LABELLED = 1 << 2,
} WbJobPhoto;

/**
 * wb_job_photo_from_words:
 * @words: (array zero-terminated=1) (nullable): "packed", "weighed", "labelled"; others are passed over
 *
 * Returns: the moments, as #WbJobPhoto flags
 */
guint wb_job_photo_from_words (const char *const *words);

/**
 * wb_job_photo_get_reached:
 * @parcel: number of a parcel
 *
 * Returns: the moments that the parcel has come to, as #WbJobPhoto flags
 */
guint wb_job_photo_get_reached (const WbJobState *state, guint parcel);

G_END_DECLS
