package linter

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// DidYouMean suggests the known name that is closest to an unknown one, as
// text to append to a message; empty where none is close.
func DidYouMean(name string, known []string) string {
	best, distance := "", 1+len(name)/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(k)); d <= distance && (best == "" || d < distance) {
			best, distance = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", best)
}
