/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-label-letters.h"

char *
wb_label_letters_to_latin (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_convert (text, -1, "WINDOWS-1252", "UTF-8", NULL, NULL, NULL);
}

gboolean
wb_label_letters_choose (const WbLabelFont *fonts, guint n_fonts, guint most, gsize n_letters, guint width,
                         guint height, WbLabelType *type)
{
  WbLabelType best = { 0 };

  g_return_val_if_fail (fonts != NULL && type != NULL, FALSE);

  for (guint i = 0; i < n_fonts; i++)
    for (guint up = 1; up <= most && fonts[i].height * up <= height; up++)
      for (guint across = MAX (up, 2) - 1; across <= up; across++)
        {
          WbLabelType type_here = { &fonts[i], across, up, (guint) n_letters * fonts[i].width * across, fonts[i].height * up };

          if (type_here.height * 4 < height * 3 || type_here.width > width)
            continue;
          if (best.font == NULL || type_here.height > best.height ||
              (type_here.height == best.height && type_here.width > best.width))
            best = type_here;
        }
  *type = best;
  return best.font != NULL;
}
