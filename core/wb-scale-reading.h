/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a scale says: a number in the scale's own unit and precision, and how far it can be trusted.
 * Never a bare number: it has a sign, a unit and a doubt. Also tells when weights have come to rest,
 * for scales that do not say so. For weights that people type see core/wb-weight.h.
 *
 * Immutable values and pure functions; any thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WbScaleUnit:
 *
 * Units that scales at a bench have. A pound is 453.59237 g and an ounce a sixteenth of it, exactly (international yard and
 * pound agreement, 1959).
 */
typedef enum
{
  WB_SCALE_UNIT_MG,
  WB_SCALE_UNIT_G,
  WB_SCALE_UNIT_KG,
  WB_SCALE_UNIT_OZ,
  WB_SCALE_UNIT_LB,
} WbScaleUnit;

/**
 * WbScaleState:
 * @WB_SCALE_STATE_STABLE: at rest; the number is a weight
 * @WB_SCALE_STATE_MOVING: still changing; the number is what it shows
 * @WB_SCALE_STATE_OVERLOAD: more than it can carry; no number
 * @WB_SCALE_STATE_UNDERLOAD: less than its zero: something was taken off the pan; no weight
 * @WB_SCALE_STATE_NEEDS_ZERO: wants to be set to zero first
 * @WB_SCALE_STATE_FAULT: it gives no weight: it says that it is broken, wants to be calibrated, or "cannot now" for a second
 */
typedef enum
{
  WB_SCALE_STATE_STABLE,
  WB_SCALE_STATE_MOVING,
  WB_SCALE_STATE_OVERLOAD,
  WB_SCALE_STATE_UNDERLOAD,
  WB_SCALE_STATE_NEEDS_ZERO,
  WB_SCALE_STATE_FAULT,
} WbScaleState;

/**
 * WbScaleReading:
 * @state: how far to trust it
 * @mantissa: the digits, with their sign
 * @exponent: how many of them stand behind the point, as a power of ten: -3 to 3 and a little more
 * @unit: of the number
 * @is_net: a tare was taken off
 * @at_us: when it arrived, g_get_monotonic_time()
 *
 * The weight is @mantissa × 10^@exponent @unit.
 */
typedef struct
{
  WbScaleState state;
  gint64 mantissa;
  int exponent;
  WbScaleUnit unit;
  gboolean is_net;
  gint64 at_us;
} WbScaleReading;

#define WB_TYPE_SCALE_READING (wb_scale_reading_get_type ())
GType wb_scale_reading_get_type (void) G_GNUC_CONST;

WbScaleReading *wb_scale_reading_copy (const WbScaleReading *self);
void wb_scale_reading_free (WbScaleReading *self);

/**
 * wb_scale_reading_is_weight:
 *
 * Returns: whether it may be taken down as the weight of something: stable, and above zero
 */
gboolean wb_scale_reading_is_weight (const WbScaleReading *self);

/**
 * wb_scale_reading_get_mg:
 * @mg: (out): milligrams, rounded half away from zero
 *
 * Returns: FALSE when there is no number, or it cannot be held
 */
gboolean wb_scale_reading_get_mg (const WbScaleReading *self, gint64 *mg);

/**
 * wb_scale_reading_get_division_mg:
 *
 * Returns: how much the last digit is worth, in milligrams; at least 1
 */
gint64 wb_scale_reading_get_division_mg (const WbScaleReading *self);

/**
 * wb_scale_reading_to_string:
 *
 * Returns: (transfer full): the number in the scale's own digits and unit, "1.840 kg"; "" when there
 *   is none
 */
char *wb_scale_reading_to_string (const WbScaleReading *self);

/**
 * wb_scale_reading_parse_number:
 * @text: "  -1.840", "1,84"; blanks around are passed over, one point or comma
 * @length: of @text
 * @mantissa: (out): its digits
 * @exponent: (out): 0 or less
 *
 * Returns: whether it is a number of at most 15 digits
 */
gboolean wb_scale_reading_parse_number (const char *text, gsize length, gint64 *mantissa, int *exponent);

/**
 * wb_scale_unit_parse:
 * @text: "kg", "KG", "lb", …, as scales write it
 *
 * Returns: whether it is a unit we know
 */
gboolean wb_scale_unit_parse (const char *text, WbScaleUnit *unit);

/**
 * WbScaleRest:
 * @first_mg: weight when it came to rest
 * @since_us: when that was; 0 while nothing rests
 *
 * Watches readings for one that stays: within one division for @quiet_us. Begin with all zero.
 */
typedef struct
{
  gint64 first_mg;
  gint64 since_us;
} WbScaleRest;

/**
 * wb_scale_rest_take:
 * @quiet_us: how long it has to stay
 *
 * Returns: whether the weight has been at rest for that long, by the readings so far. A reading that the scale itself
 *   calls moving starts anew.
 */
gboolean wb_scale_rest_take (WbScaleRest *self, const WbScaleReading *reading, gint64 quiet_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbScaleReading, wb_scale_reading_free)

G_END_DECLS
