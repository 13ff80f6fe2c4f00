/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "core/wb-csv-reader.h"
#include "core/wb-csv-writer.h"
#include "core/wb-error.h"
#include "tests/wb-test.h"

/* What a file holds, told in one line: fields in brackets, bad rows by place and reason. */
static char *
describe (const char    *bytes,
          gssize         length,
          WbTextEncoding encoding,
          char           separator)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (bytes, length, NULL);
  g_autoptr(WbCsvReader) reader = wb_csv_reader_new (stream, encoding, separator);
  g_autoptr(GString) told = g_string_new (NULL);

  for (;;)
    {
      g_autoptr(GError) error = NULL;
      WbCsvStatus status = wb_csv_reader_next (reader, NULL, &error);

      g_assert_cmpint (status, !=, WB_CSV_FAILED);
      if (status == WB_CSV_END)
        return g_string_free (g_steal_pointer (&told), FALSE);
      if (told->len > 0)
        g_string_append_c (told, ' ');
      g_string_append_printf (told, "%" G_GUINT64_FORMAT ":", wb_csv_reader_get_line (reader));
      if (status == WB_CSV_BAD_ROW)
        {
          g_assert_nonnull (error);
          g_string_append_printf (told, "%u!%s", wb_csv_reader_get_column (reader), error->message);
          continue;
        }
      g_assert_no_error (error);
      for (guint i = 0; i < wb_csv_reader_get_n_fields (reader); i++)
        g_string_append_printf (told, "[%s]", wb_csv_reader_get_field (reader, i));
    }
}

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    const char *told;
  } cases[] = {
    { "", "" },
    { "\n\n\n", "" },
    { "a", "1:[a]" },
    { "a,b\n1,2\n", "1:[a][b] 2:[1][2]" },
    { "a,b\r\n1,2\r\n", "1:[a][b] 2:[1][2]" },
    { "a,b\r1,2\r", "1:[a][b] 2:[1][2]" },
    { "a,b\n\n1,2", "1:[a][b] 3:[1][2]" },
    { "a,b\r\n\r\n1,2", "1:[a][b] 3:[1][2]" },
    { "a,,\n,,\n", "1:[a][][] 2:[][][]" },
    { "\"\"\n", "1:[]" },
    { "\"a,b\",\"say \"\"hi\"\"\"\n", "1:[a,b][say \"hi\"]" },
    { "\"two\nlines\",x\ny,z", "1:[two\nlines][x] 3:[y][z]" },
    { "\"two\r\nlines\",x\r\ny,z\r\n", "1:[two\r\nlines][x] 3:[y][z]" },
    { "a;b;c\n1,5;2;3\n", "1:[a][b][c] 2:[1,5][2][3]" },
    { "a\tb\n1\t2", "1:[a][b] 2:[1][2]" },
    { "a|b,c|d\n", "1:[a][b,c][d]" },
    { "\"x,y,z\";b\n1;2", "1:[x,y,z][b] 2:[1][2]" },
    { "sep=;\na,b;c\n", "2:[a,b][c]" },
    { "sep=;\r\na,b;c\r\n", "2:[a,b][c]" },
    { "5\" nail,b\n", "1:[5\" nail][b]" },
    { "\"a\" ,b\n", "1:[a][b]" },
    { "a, \"b\"\n", "1:[a][ \"b\"]" },
    { "\357\273\277a,b\n", "1:[a][b]" },
    { "=HYPERLINK(\"\"x\"\"),') or 1=1 --\n", "1:[=HYPERLINK(\"\"x\"\")][') or 1=1 --]" },
    /* broken rows are named, and the next line is read */
    { "a,b\n\"x\"y,2\n3,4\n", "1:[a][b] 2:4!text follows a closing quote 3:[3][4]" },
    { "a,b\n\"x\"y,2\r\n3,4\n", "1:[a][b] 2:4!text follows a closing quote 3:[3][4]" },
    { "a,b\n1,\"2\n3,4\n", "1:[a][b] 2:3!the file ends inside a quoted field that began on line 2: "
                            "a quote was not closed, or the file was cut off 3:[3][4]" },
    { "a,b\r\n1,\"2\r\n3,4\r\n", "1:[a][b] 2:3!the file ends inside a quoted field that began on line 2: "
                                  "a quote was not closed, or the file was cut off 3:[3][4]" },
    { "a,\"cut", "1:3!the file ends inside a quoted field that began on line 1: "
                 "a quote was not closed, or the file was cut off" },
    { "a,b\nK\xc3\xb6ln,\xff\xfe\xc3\xa9\nx,y", "1:[a][b] 2:6!a character is not utf-8: save the file as UTF-8, or say which encoding it has 3:[x][y]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = describe (cases[i].text, (gssize) strlen (cases[i].text), WB_TEXT_ENCODING_DETECT, 0);

      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *bytes;
    gssize length;
    WbTextEncoding encoding;
    const char *told;
  } cases[] = {
    { "K\xc3\xb6ln,\xe2\x82\xac\n", 10, WB_TEXT_ENCODING_DETECT, "1:[Köln][€]" },
    { "K\xf6ln,\x80\n", 7, WB_TEXT_ENCODING_DETECT, "1:[Köln][€]" },
    { "K\xf6ln,\x80\n", 7, WB_TEXT_ENCODING_WINDOWS_1252, "1:[Köln][€]" },
    { "K\xf6ln\n", 5, WB_TEXT_ENCODING_ISO_8859_1, "1:[Köln]" },
    { "K\xf6ln\n", 5, WB_TEXT_ENCODING_UTF8, "1:2!a character is not utf-8: save the file as UTF-8, or say which encoding it has" },
    { "a,\x81\nb", 5, WB_TEXT_ENCODING_WINDOWS_1252, "1:3!a character is not windows-1252: save the file as UTF-8, or say which encoding it has 2:[b]" },
    { "\xff\xfeK\0\xf6\0,\0\xac\x20\n\0", 12, WB_TEXT_ENCODING_DETECT, "1:[Kö][€]" },
    { "\xfe\xff\0K\0\xf6\0,\x20\xac\0\n", 12, WB_TEXT_ENCODING_DETECT, "1:[Kö][€]" },
    { "a\0,\0b\0\n\0", 8, WB_TEXT_ENCODING_DETECT, "1:[a][b]" },
    { "\0a\0,\0b\0\n", 8, WB_TEXT_ENCODING_DETECT, "1:[a][b]" },
    { "\xff\xfe\x3d\xd8\x00\xde\n\0", 8, WB_TEXT_ENCODING_DETECT, "1:[😀]" },
    { "\xff\xfe\x3d\xd8\n\0", 6, WB_TEXT_ENCODING_DETECT, "1:1!a character is not utf-16le: save the file as UTF-8, or say which encoding it has" },
    { "\xff\xfe" "a\0b", 5, WB_TEXT_ENCODING_DETECT, "1:2!a character is not utf-16le: save the file as UTF-8, or say which encoding it has" },
    { "a,b\0c\nd", 7, WB_TEXT_ENCODING_DETECT, "1:4!a character is not utf-8: save the file as UTF-8, or say which encoding it has 2:[d]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = describe (cases[i].bytes, cases[i].length, cases[i].encoding, 0);

      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

static void
test_encoding_names (void)
{
  WbTextEncoding encoding = WB_TEXT_ENCODING_DETECT;
  g_autoptr(GError) error = NULL;

  g_assert_true (wb_text_encoding_from_name ("Latin1", &encoding, NULL));
  g_assert_cmpstr (wb_text_encoding_to_name (encoding), ==, "iso-8859-1");
  g_assert_false (wb_text_encoding_from_name ("ebcdic", &encoding, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNKNOWN);
}

/* A stream that makes up its bytes: @prefix, then @filler for @total bytes, then @suffix. */
typedef struct
{
  GInputStream parent_instance;
  const char *prefix;
  const char *suffix;
  char filler;
  gsize total;
} LongStream;

typedef GInputStreamClass LongStreamClass;

static GType long_stream_get_type (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LongStream, g_object_unref)
G_DEFINE_TYPE (LongStream, long_stream, G_TYPE_INPUT_STREAM)

static gssize
long_stream_read (GInputStream *stream,
                  void         *buffer,
                  gsize         count,
                  GCancellable *cancellable,
                  GError      **error)
{
  LongStream *self = (LongStream *) stream;
  const char **text = *self->prefix != '\0' ? &self->prefix : &self->suffix;
  gsize n = 0;

  if (*self->prefix == '\0' && self->total > 0)
    {
      n = MIN (count, self->total);
      memset (buffer, self->filler, n);
      self->total -= n;
      return (gssize) n;
    }
  n = MIN (count, strlen (*text));
  memcpy (buffer, *text, n);
  *text += n;
  return (gssize) n;
}

static void
long_stream_class_init (LongStreamClass *class)
{
  class->read_fn = long_stream_read;
}

static void
long_stream_init (LongStream *self)
{
}

static void
test_long_line (void)
{
  static const struct
  {
    const char *prefix;
    char filler;
    const char *problem;
  } cases[] = {
    { "a,b\n1,", 'x', "*longer than 1 MiB" },
    { "a,b\n1,\"", 'x', "*a quote was not closed" },
    { "a,b\n1,", ',', "*more than 4,096 columns" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LongStream) stream = g_object_new (long_stream_get_type (), NULL);
      g_autoptr(WbCsvReader) reader = NULL;
      g_autoptr(GError) error = NULL;
      struct rusage before = { 0 };
      struct rusage after = { 0 };

      stream->prefix = cases[i].prefix;
      stream->filler = cases[i].filler;
      stream->total = 100 * 1024 * 1024;
      stream->suffix = "\n3,4\n";
      reader = wb_csv_reader_new (G_INPUT_STREAM (stream), WB_TEXT_ENCODING_DETECT, 0);
      getrusage (RUSAGE_SELF, &before);
      g_assert_cmpint (wb_csv_reader_next (reader, NULL, NULL), ==, WB_CSV_ROW);
      g_assert_cmpint (wb_csv_reader_next (reader, NULL, &error), ==, WB_CSV_BAD_ROW);
      g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
      g_assert_true (g_pattern_match_simple (cases[i].problem, error->message));
      g_assert_cmpuint (wb_csv_reader_get_line (reader), ==, 2);
      g_assert_cmpint (wb_csv_reader_next (reader, NULL, NULL), ==, WB_CSV_ROW);
      g_assert_cmpuint (wb_csv_reader_get_line (reader), ==, 3);
      g_assert_cmpstr (wb_csv_reader_get_field (reader, 1), ==, "4");
      g_assert_cmpint (wb_csv_reader_next (reader, NULL, NULL), ==, WB_CSV_END);
      getrusage (RUSAGE_SELF, &after);
#ifndef __SANITIZE_ADDRESS__
      g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 16 * 1024); /* kilobytes */
#endif
    }
}

static void
test_cancel (void)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data ("a,b\n", -1, NULL);
  g_autoptr(WbCsvReader) reader = wb_csv_reader_new (stream, WB_TEXT_ENCODING_DETECT, 0);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (wb_csv_reader_next (reader, cancellable, &error), ==, WB_CSV_FAILED);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static char *
write_row (const char *const *fields,
           WbCsvWriterFlags   flags)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(WbCsvWriter) writer = wb_csv_writer_new (stream, ',', flags);

  for (guint i = 0; fields[i] != NULL; i++)
    wb_csv_writer_add (writer, fields[i]);
  g_assert_true (wb_csv_writer_end_row (writer, NULL, NULL));
  g_assert_true (wb_csv_writer_flush (writer, NULL, NULL));
  g_assert_true (g_output_stream_write (stream, "", 1, NULL, NULL) == 1);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_write (void)
{
  static const struct
  {
    const char *fields[4];
    const char *plain;
    const char *neutral;
  } cases[] = {
    { { "a", "", "c" }, "a,,c\r\n", "a,,c\r\n" },
    { { "a,b", "say \"hi\"", "two\nlines" }, "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n",
      "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n" },
    { { "=HYPERLINK(\"x\")" }, "\"=HYPERLINK(\"\"x\"\")\"\r\n", "\"'=HYPERLINK(\"\"x\"\")\"\r\n" },
    { { "-5.20", "+3", "-x" }, "-5.20,+3,-x\r\n", "-5.20,+3,'-x\r\n" },
    { { "@SUM(1)", "+cmd|' /C calc'!A0" }, "@SUM(1),+cmd|' /C calc'!A0\r\n", "'@SUM(1),'+cmd|' /C calc'!A0\r\n" },
    { { " x", "x " }, "\" x\",\"x \"\r\n", "\" x\",\"x \"\r\n" },
    { { "'=x", "'75008", "'-5" }, "'=x,'75008,'-5\r\n", "''=x,'75008,''-5\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = write_row (cases[i].fields, WB_CSV_WRITER_NONE);
      g_autofree char *neutral = write_row (cases[i].fields, WB_CSV_WRITER_NEUTRALISE);

      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpstr (neutral, ==, cases[i].neutral);
      for (guint k = 0; cases[i].fields[k] != NULL; k++)
        {
          const char *one[] = { cases[i].fields[k], NULL };
          g_autofree char *written = write_row (one, WB_CSV_WRITER_NEUTRALISE);
          g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (written, -1, NULL);
          g_autoptr(WbCsvReader) reader = wb_csv_reader_new (stream, WB_TEXT_ENCODING_UTF8, ',');
          WbCsvStatus status = wb_csv_reader_next (reader, NULL, NULL);

          g_assert_true (status == WB_CSV_ROW || *one[0] == '\0');
          g_assert_cmpstr (wb_csv_restore_text (wb_csv_reader_get_field (reader, 0)), ==, one[0]);
        }
    }
}

/* What is written is read back, whatever it is. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = { "a", "\"", ",", "\n", "\r", "\r\n", " ", "ö", "€", "😀", ";", "=", "'", "\t", "1.5" };
  g_autoptr(GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GInputStream) stream = NULL;
      g_autoptr(WbCsvReader) reader = NULL;
      g_autofree char *written = NULL;

      g_ptr_array_add (fields, g_strdup ("first"));
      for (int k = g_rand_int_range (rand, 1, 5); k > 0; k--)
        {
          g_autoptr(GString) field = g_string_new (NULL);

          for (int n = g_rand_int_range (rand, 0, 8); n > 0; n--)
            g_string_append (field, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          g_ptr_array_add (fields, g_string_free (g_steal_pointer (&field), FALSE));
        }
      g_ptr_array_add (fields, NULL);
      written = write_row ((const char *const *) fields->pdata, WB_CSV_WRITER_NONE);
      stream = g_memory_input_stream_new_from_data (written, (gssize) strlen (written), NULL);
      reader = wb_csv_reader_new (stream, WB_TEXT_ENCODING_UTF8, ',');
      g_assert_cmpint (wb_csv_reader_next (reader, NULL, NULL), ==, WB_CSV_ROW);
      g_assert_cmpuint (wb_csv_reader_get_n_fields (reader), ==, fields->len - 1);
      for (guint k = 0; k + 1 < fields->len; k++)
        g_assert_cmpstr (wb_csv_reader_get_field (reader, k), ==, g_ptr_array_index (fields, k));
      g_assert_cmpint (wb_csv_reader_next (reader, NULL, NULL), ==, WB_CSV_END);
    }
}

/* Each line of any file is in exactly one row, read or refused, and none is read twice. */
static void
test_every_line_once (void)
{
  static const char *const pieces[] = { "a", "\"", ",", "\n", "\r\n", "\"x\"", "b,c\n", "\xff", "\"\"" };
  g_autoptr(GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GInputStream) stream = NULL;
      g_autoptr(WbCsvReader) reader = NULL;
      guint64 last_line = 0;
      WbCsvStatus status = WB_CSV_ROW;

      for (int n = g_rand_int_range (rand, 0, 40); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
      reader = wb_csv_reader_new (stream, WB_TEXT_ENCODING_UTF8, ',');
      while ((status = wb_csv_reader_next (reader, NULL, NULL)) != WB_CSV_END)
        {
          g_assert_cmpint (status, !=, WB_CSV_FAILED);
          g_assert_cmpuint (wb_csv_reader_get_line (reader), >, last_line);
          last_line = wb_csv_reader_get_last_line (reader);
          g_assert_cmpuint (last_line, >=, wb_csv_reader_get_line (reader));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/csv/read", test_read);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/encodings/names", test_encoding_names);
  g_test_add_func ("/csv/long-line", test_long_line);
  g_test_add_func ("/csv/cancel", test_cancel);
  g_test_add_func ("/csv/write", test_write);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  g_test_add_func ("/csv/every-line-once", test_every_line_once);
  return g_test_run ();
}
