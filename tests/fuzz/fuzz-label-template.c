/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-language.h"
#include "core/wb-label-template.h"
#include "tests/core/wb-test-label.h"
#include "tests/fuzz/wb-fuzz.h"

/* A file of a template is refused with a sentence, or it is a label that stays on its paper and can be written for every
 * printer, whatever is filled in. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLabelTemplate) template = wb_label_template_parse ((const char *) data, size, "fuzz.label", "de", NULL, &error);
  g_autoptr (WbLabelValues) sample = NULL;
  g_autoptr (WbLabel) label = NULL;

  if (template == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, "fuzz.label: "));
      return 0;
    }
  sample = wb_label_document_sample (wb_label_template_get_document (template));
  label = wb_label_template_layout (template, sample, &error);
  if (label == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }
  for (guint i = 0; i < label->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (label->elements, i);

      g_assert_cmpuint (element->x_um + element->width_um, <=, label->width_um);
      g_assert_cmpuint (element->y_um + element->height_um, <=, label->height_um);
    }
  for (guint i = 0; i < WB_LABEL_N_LANGUAGES; i++)
    {
      g_autoptr (GBytes) job = wb_label_encode (label, (WbLabelLanguage) i, 203, NULL, wb_test_label_rasterise, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (job);
    }
  return 0;
}
