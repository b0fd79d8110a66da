package function

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// encodingRows convert between text and its encodings.
var encodingRows = []row{
	{name: "base64", min: 1, max: 1, text: opaque, run: toBase64},
	{name: "base64ToString", min: 1, max: 1, text: opaque, run: base64ToString},
	{name: "base64ToJson", min: 1, max: 1, run: base64ToJSON},
	{name: "dataUri", min: 1, max: 1, text: opaque, run: dataURI},
	{name: "dataUriToString", min: 1, max: 1, text: opaque, run: dataURIToString},
	{name: "json", min: 1, max: 1, run: fromJSON},
}

func toBase64(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	if err := c.budget().Text(int64(base64.StdEncoding.EncodedLen(len(s)))); err != nil {
		return nil, err
	}
	return value.NewString(base64.StdEncoding.EncodeToString([]byte(s))), nil
}

func base64ToString(c *call) (*value.Value, error) {
	s, err := c.decoded()
	if err != nil {
		return nil, err
	}
	return c.text(s)
}

func base64ToJSON(c *call) (*value.Value, error) {
	s, err := c.decoded()
	if err != nil {
		return nil, err
	}
	return c.parseJSON(s)
}

// decoded decodes the first argument from base64.
func (c *call) decoded() (string, error) {
	s, err := c.str(0)
	if err != nil {
		return "", err
	}
	data, ok := decodeBase64(s)
	if !ok {
		return "", c.errorf("was invoked with a parameter that is not valid. The value '%s' cannot be decoded from base64 representation.", describe(c.args[0]))
	}
	return strings.ToValidUTF8(string(data), string(utf8.RuneError)), nil
}

// decodeBase64 passes over white space, as .NET does.
func decodeBase64(s string) ([]byte, bool) {
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, s)
	data, err := base64.StdEncoding.DecodeString(s)
	return data, err == nil
}

const dataURIPrefix = "data:text/plain;charset=utf-8;base64,"

func dataURI(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	if err := c.budget().Text(int64(len(dataURIPrefix) + base64.StdEncoding.EncodedLen(len(s)))); err != nil {
		return nil, err
	}
	return value.NewString(dataURIPrefix + base64.StdEncoding.EncodeToString([]byte(s))), nil
}

// dataURIToString reads data:[type][;charset=name][;base64],data (RFC 2397).
func dataURIToString(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	const scheme = "data:"
	header, data, ok := strings.Cut(s, ",")
	if !ok || len(header) < len(scheme) || !strings.EqualFold(header[:len(scheme)], scheme) {
		return nil, c.errorf("expects its parameter to be formatted as a valid data URI. The provided value '%s' was not formatted correctly.", describe(c.args[0]))
	}
	encoded, charset := false, ""
	for i, attribute := range strings.Split(header[len(scheme):], ";") {
		name, v, _ := strings.Cut(strings.TrimSpace(attribute), "=")
		switch {
		case i > 0 && strings.EqualFold(name, "base64"):
			encoded = true
		case strings.EqualFold(name, "charset"):
			charset = strings.ToLower(strings.Trim(v, `"`))
		}
	}
	content := percentDecoded(data)
	if encoded {
		if content, ok = decodeBase64(string(content)); !ok {
			return nil, c.invalid()
		}
	}
	text, ok := decodeCharset(content, charset)
	if !ok {
		return nil, c.invalid()
	}
	return c.text(text)
}

// percentDecoded replaces each %XX by its byte.
func percentDecoded(s string) []byte {
	content := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		run, width := escapedBytes(s[i:])
		if width == 0 {
			run, width = []byte{s[i]}, 1
		}
		content = append(content, run...)
		i += width
	}
	return content
}

// decodeCharset reads text in the encodings that are in use for data URIs.
func decodeCharset(data []byte, charset string) (string, bool) {
	switch charset {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return strings.ToValidUTF8(string(data), string(utf8.RuneError)), true
	case "iso-8859-1", "latin1":
		runes := make([]rune, len(data))
		for i, b := range data {
			runes[i] = rune(b)
		}
		return string(runes), true
	case "utf-16", "utf-16le", "utf-16be":
		units := make([]uint16, len(data)/2)
		for i := range units {
			low, high := data[2*i], data[2*i+1]
			if charset == "utf-16be" {
				low, high = high, low
			}
			units[i] = uint16(low) | uint16(high)<<8
		}
		return string(utf16.Decode(units)), true
	}
	return "", false
}

func fromJSON(c *call) (*value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	return c.parseJSON(s)
}

func (c *call) parseJSON(s string) (*value.Value, error) {
	v, err := parseTolerant(s, c.budget())
	if err != nil {
		return nil, c.jsonError(err)
	}
	return v, nil
}
