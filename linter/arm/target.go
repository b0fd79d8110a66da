package arm

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// target is where a template or a resource is deployed. The values are strings
// or unknowns with a stand-in.
type target struct {
	scope                                Scope
	subscription, group, managementGroup *value.Value
}

// base returns the id that ids of resources at a target start with, "" for the tenant.
func (t target) base() string {
	switch t.scope {
	case ResourceGroupScope:
		return "/subscriptions/" + t.subscription.Str + "/resourceGroups/" + t.group.Str
	case SubscriptionScope:
		return "/subscriptions/" + t.subscription.Str
	case ManagementGroupScope:
		return "/providers/Microsoft.Management/managementGroups/" + t.managementGroup.Str
	}
	return ""
}

// known says whether a target's base is the one in Azure and no stand-in.
func (t target) known() bool {
	switch t.scope {
	case ResourceGroupScope:
		return t.subscription.Kind == value.String && t.group.Kind == value.String
	case SubscriptionScope:
		return t.subscription.Kind == value.String
	case ManagementGroupScope:
		return t.managementGroup.Kind == value.String
	}
	return true
}

// parseTarget reads the scope of a resource or a deployment: an id, absolute or
// without its leading slash. ok is false where it is none of a scope that
// templates deploy to.
func parseTarget(id *value.Value, from target) (t target, ok bool) {
	text := func(s string) *value.Value {
		part := value.Value{Kind: id.Kind, Str: s, Doubt: id.Doubt}
		return &part
	}
	scope := id.Str
	if scope == "/" {
		return target{scope: TenantScope, subscription: from.subscription, group: from.group, managementGroup: from.managementGroup}, true
	}
	parts := strings.Split(strings.Trim(scope, "/"), "/")
	t = from
	switch {
	case len(parts) == 2 && strings.EqualFold(parts[0], "subscriptions"):
		t.scope, t.subscription = SubscriptionScope, text(parts[1])
	case len(parts) == 4 && strings.EqualFold(parts[0], "subscriptions") && strings.EqualFold(parts[2], "resourceGroups"):
		t.scope, t.subscription, t.group = ResourceGroupScope, text(parts[1]), text(parts[3])
	case len(parts) == 4 && strings.EqualFold(parts[0], "providers") && strings.EqualFold(parts[2], "managementGroups"):
		t.scope, t.managementGroup = ManagementGroupScope, text(parts[3])
	case len(parts) == 3 && strings.EqualFold(parts[1], "managementGroups"):
		t.scope, t.managementGroup = ManagementGroupScope, text(parts[2])
	default:
		return from, false
	}
	return t, true
}

// resourceID composes the id of a resource below a base. Type and name must
// have fitting numbers of segments; surplus segments of either are kept at the end.
func resourceID(base, typ, name string) string {
	types := strings.Split(strings.Trim(typ, "/"), "/")
	names := strings.Split(name, "/")
	var b strings.Builder
	b.WriteString(base)
	b.WriteString("/providers/")
	b.WriteString(types[0])
	for i := 1; i < len(types) || i-1 < len(names); i++ {
		if i < len(types) {
			b.WriteByte('/')
			b.WriteString(types[i])
		}
		if i-1 < len(names) {
			b.WriteByte('/')
			b.WriteString(names[i-1])
		}
	}
	return b.String()
}

// idOf returns the id of a resource of a target, with the types that have
// their own forms of id.
func (t target) idOf(typ, name string) string {
	switch strings.ToLower(typ) {
	case "microsoft.resources/resourcegroups":
		return "/subscriptions/" + t.subscription.Str + "/resourceGroups/" + name
	case "microsoft.resources/subscriptions":
		return "/subscriptions/" + name
	case "microsoft.management/managementgroups", "microsoft.subscription/aliases":
		return resourceID("", typ, name) // exist in the tenant only
	}
	return resourceID(t.base(), typ, name)
}
