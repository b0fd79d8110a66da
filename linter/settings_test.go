package linter_test

import (
	"context"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
)

// TestSettingForms holds which values New takes.
func TestSettingForms(t *testing.T) {
	for _, c := range []struct {
		name  string
		value any
		fits  bool
	}{
		{"as_of", "2028-02-29", true},
		{"as_of", "2027-02-29", false},
		{"as_of", "2028-13-45", false},
		{"as_of", "31.12.2029", false},
		{"as_of", "", false},
		{"as_of", 2028, false},
		{"kubernetes_version", "1.32", true},
		{"kubernetes_version", "v1.32.4", true},
		{"kubernetes_version", "1", false},
		{"kubernetes_version", "1.32.4.5", false},
		{"ip_model", "docs", true},
		{"ip_model", "x", false},
		{"onprem_cidrs", []any{"10.0.0.0/12", "fd00::/8"}, true},
		{"onprem_cidrs", []string{"10.0.0.0/12"}, true},
		{"onprem_cidrs", []any{"10.0.0.0/12", "10.0.0.0/33"}, false},
		{"onprem_cidrs", "10.0.0.0/12", false},
		{"of_a_custom_rule", "x", true},
	} {
		_, err := linter.New(context.Background(), linter.Options{Settings: map[string]any{c.name: c.value}})
		if (err == nil) != c.fits {
			t.Errorf("%s %v: error %v, want fit %t", c.name, c.value, err, c.fits)
		}
	}
}

// TestSubscriptionForm holds that a subscription is given by its id.
func TestSubscriptionForm(t *testing.T) {
	for id, fits := range map[string]bool{"": true, "2f6a4c10-9F7B-4b0e-8a53-1d6f1e9b7a02": true, "abc": false, "2f6a4c10-9f7b-4b0e-8a53-1d6f1e9b7a0g": false} {
		if _, err := linter.New(context.Background(), linter.Options{Subscription: id}); (err == nil) != fits {
			t.Errorf("subscription %q: error %v, want fit %t", id, err, fits)
		}
	}
}
