package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// maskedError is an error whose text has secret values taken out.
type maskedError struct {
	error
	text string
}

func (e maskedError) Error() string { return e.text }

func (e maskedError) Unwrap() error { return e.error }

// mask is what stands for a secret value in a message.
const mask = "***"

// masked takes the secret texts among the values out of an error's message: a
// name that a template computed from a secret would else be printed where it
// is not found.
func masked(err error, values ...*value.Value) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, v := range values {
		if v.HoldsSecret() {
			text = maskedText(text, v, 0)
		}
	}
	if text == err.Error() {
		return err
	}
	return maskedError{err, text}
}

// maxMaskDepth bounds how deep a value is searched for secret texts.
const maxMaskDepth = 64

func maskedText(text string, v *value.Value, depth int) string {
	if v == nil || depth > maxMaskDepth {
		return text
	}
	if v.Str != "" {
		text = strings.ReplaceAll(text, v.Str, mask)
	}
	for _, item := range v.Items {
		text = maskedText(text, item, depth+1)
	}
	for _, m := range v.Members {
		text = maskedText(text, m.Value, depth+1)
	}
	return text
}
