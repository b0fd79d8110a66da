package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// jsonText is the value as JSON, indented by two blanks a level.
func jsonText(v any) []byte {
	var b bytes.Buffer
	writeJSON(&b, v, "\n")
	b.WriteByte('\n')
	return b.Bytes()
}

// writeJSON writes a value; newline is a line break and the indentation.
func writeJSON(b *bytes.Buffer, v any, newline string) {
	switch v := v.(type) {
	case object:
		writeJSONItems(b, "{}", len(v), newline, func(i int, newline string) {
			b.WriteString(jsonString(v[i].key) + ": ")
			writeJSON(b, v[i].value, newline)
		})
	case list:
		writeJSONItems(b, "[]", len(v), newline, func(i int, newline string) { writeJSON(b, v[i], newline) })
	case anchored:
		writeJSON(b, v.value, newline)
	case alias:
		writeJSON(b, v.value, newline)
	case string:
		b.WriteString(jsonString(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case bool:
		b.WriteString(strconv.FormatBool(v))
	default:
		panic(fmt.Sprintf("no JSON for %T", v))
	}
}

func writeJSONItems(b *bytes.Buffer, brackets string, count int, newline string, item func(i int, newline string)) {
	if count == 0 {
		b.WriteString(brackets)
		return
	}
	b.WriteByte(brackets[0])
	for i := range count {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(newline + "  ")
		item(i, newline+"  ")
	}
	b.WriteString(newline + brackets[1:])
}

func jsonString(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// Writing a string to memory cannot fail.
	_ = encoder.Encode(text)
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
