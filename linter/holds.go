package linter

import (
	"bytes"
	"strings"
)

// kelvin is the one character outside of ASCII of which the lower case is in it.
const kelvin = "\u212a"

// holdsFold says whether a text holds a word of ASCII characters, in whatever case.
func holdsFold(text []byte, word string) bool {
	if bytes.Contains(text, []byte(kelvin)) {
		return bytes.Contains(bytes.ToLower(text), bytes.ToLower([]byte(word)))
	}
	// The search is for one character, the rarer the better: a slash stands in two cases alike.
	at := strings.IndexByte(word, '/')
	if at < 0 {
		at = len(word) - 1
	}
	anchors := word[at : at+1]
	if lower, upper := strings.ToLower(anchors), strings.ToUpper(anchors); lower != upper {
		anchors = lower + upper
	}
	want := []byte(word)
	for _, anchor := range []byte(anchors) {
		for from := 0; ; from++ {
			found := bytes.IndexByte(text[from:], anchor)
			if found < 0 {
				break
			}
			from += found
			if start := from - at; start >= 0 && len(text)-start >= len(word) && bytes.EqualFold(text[start:start+len(word)], want) {
				return true
			}
		}
	}
	return false
}
