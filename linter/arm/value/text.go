package value

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// JSON returns the compact JSON text of a known value as the string() function
// gives it: members in their order, numbers with a fraction at least one digit
// long. quote is the character around names and strings, '"' for JSON.
//
// ok is false where the text would be longer than limit bytes.
func (v *Value) JSON(quote byte, limit int64) (text string, ok bool) {
	w := writer{quote: quote, limit: limit}
	w.value(v)
	return w.text.String(), !w.full
}

type writer struct {
	text  strings.Builder
	quote byte
	limit int64
	full  bool
}

func (w *writer) write(s string) {
	if w.full || int64(w.text.Len()+len(s)) > w.limit {
		w.full = true
		return
	}
	w.text.WriteString(s)
}

func (w *writer) value(v *Value) {
	if w.full {
		return
	}
	switch v.Kind {
	case Null, Unknown:
		w.write("null")
	case Bool:
		w.write(strconv.FormatBool(v.Bool))
	case Int:
		w.write(strconv.FormatInt(v.Int, 10))
	case Float:
		w.write(floatJSON(v.Float))
	case String:
		w.string(v.Str)
	case Array:
		w.write("[")
		for i, item := range v.Items {
			if i > 0 {
				w.write(",")
			}
			w.value(item)
		}
		w.write("]")
	case Object:
		w.write("{")
		for i := range v.Members {
			if i > 0 {
				w.write(",")
			}
			w.string(v.Members[i].Name)
			w.write(":")
			w.value(v.Members[i].Value)
		}
		w.write("}")
	}
}

// string writes a quoted string with the escapes that .NET's usual JSON
// library (Newtonsoft) makes.
func (w *writer) string(s string) {
	w.write(string(w.quote))
	plain := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if escape := escapeOf(r, w.quote); escape != "" {
			w.write(s[plain:i])
			w.write(escape)
			plain = i + size
		}
		i += size
		if w.full {
			return
		}
	}
	w.write(s[plain:])
	w.write(string(w.quote))
}

func escapeOf(r rune, quote byte) string {
	switch r {
	case rune(quote):
		return `\` + string(r)
	case '\\':
		return `\\`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case 0x85, 0x2028, 0x2029:
		return `\u` + hex4(r)
	}
	if r < 0x20 {
		return `\u` + hex4(r)
	}
	return ""
}

func hex4(r rune) string {
	digits := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", 4-len(digits)) + digits
}

func floatJSON(f float64) string {
	text := FloatText(f)
	if !strings.ContainsAny(text, ".E") {
		text += ".0"
	}
	return text
}

// FloatText returns the shortest text of a number that reads back as the same
// number, as .NET writes it: 1E+15 from 10^15 on and 1E-05 below 10^-4.
func FloatText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	scientific := strconv.FormatFloat(f, 'E', -1, 64)
	mark := strings.IndexByte(scientific, 'E')
	exponent, err := strconv.Atoi(scientific[mark+1:])
	if err == nil && (exponent >= 15 || exponent <= -5) {
		return scientific
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
