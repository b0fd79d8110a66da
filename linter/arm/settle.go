package arm

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// settle makes a value of a resource ready for rules: ids that hold stand-ins
// are strings so that they can be compared, and members that are null are absent, as
// Azure reads them.
func settle(v *value.Value) *value.Value {
	switch v.Kind {
	case value.Unknown:
		if isID(v.Str) && !v.Secret {
			return value.NewString(v.Str).WithOrigin(v.Origin)
		}
	case value.Array:
		if !needsSettling(v) {
			return v
		}
		items := make([]*value.Value, len(v.Items))
		for i, item := range v.Items {
			items[i] = settle(item)
		}
		return like(v, value.NewArray(items))
	case value.Object:
		if !needsSettling(v) {
			return v
		}
		members := make([]value.Member, 0, len(v.Members))
		for _, m := range v.Members {
			if m.Value.Kind != value.Null {
				m.Value = settle(m.Value)
				members = append(members, m)
			}
		}
		return like(v, value.NewObject(members))
	}
	return v
}

// like gives a rebuilt container what the old one had beside its content.
func like(old, v *value.Value) *value.Value {
	v.Origin, v.Secret = old.Origin, old.Secret
	return v
}

// needsSettling says whether settle would change something in a container.
func needsSettling(v *value.Value) bool {
	return v.HoldsUnknown() || holdsNull(v)
}

func holdsNull(v *value.Value) bool {
	for _, item := range v.Items {
		if holdsNull(item) {
			return true
		}
	}
	for _, m := range v.Members {
		if m.Value.Kind == value.Null || holdsNull(m.Value) {
			return true
		}
	}
	return false
}

// isID says whether a text is the id of a resource or a scope.
func isID(s string) bool {
	const subscriptions, providers = "/subscriptions/", "/providers/"
	return len(s) > len(subscriptions) && strings.EqualFold(s[:len(subscriptions)], subscriptions) ||
		len(s) > len(providers) && strings.EqualFold(s[:len(providers)], providers)
}
