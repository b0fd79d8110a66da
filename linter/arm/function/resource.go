package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// resourceRows compose resource ids.
//
// Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource
var resourceRows = []row{
	{name: "resourceId", min: 2, max: -1, kind: Context, needs: nothing, run: resourceID},
	{name: "subscriptionResourceId", min: 2, max: -1, kind: Context, needs: nothing, run: subscriptionResourceID},
	{name: "managementGroupResourceId", min: 2, max: -1, kind: Context, needs: nothing, run: managementGroupResourceID},
	{name: "tenantResourceId", min: 2, max: -1, needs: nothing, run: tenantResourceID},
	{name: "extensionResourceId", min: 3, max: -1, needs: nothing, run: extensionResourceID},
}

// idParts are the arguments of a function that composes an id.
type idParts struct {
	// before are the arguments before the type: subscription, group or base.
	before []*value.Value
	// kind is the resource type, names are its names.
	kind  string
	names []*value.Value
}

// idParts finds the type, which is the first text with a slash after at most
// most arguments, and checks the number of names. It returns no parts where the
// type is not known.
func (c *call) idParts(from, most int) (*idParts, error) {
	for i, arg := range c.args {
		if arg.Kind != value.String && arg.Kind != value.Unknown {
			return nil, c.wrongType(i, "a string")
		}
	}
	for at := from; at < len(c.args) && at <= from+most; at++ {
		arg := c.args[at]
		if arg.Kind == value.Unknown && at == from+most {
			return nil, nil
		}
		if arg.Kind == value.Unknown || !strings.Contains(arg.Str, "/") {
			continue
		}
		kind := strings.Trim(arg.Str, "/")
		names := c.args[at+1:]
		if want := strings.Count(kind, "/"); want != len(names) || want == 0 {
			return nil, EngineErrorf("Unable to evaluate language function '%s': the type '%s' requires '%d' resource name argument(s).", c.row.name, kind, want)
		}
		return &idParts{before: c.args[:at], kind: kind, names: names}, nil
	}
	for _, arg := range c.args[from:] {
		if arg.Kind == value.Unknown {
			return nil, nil
		}
	}
	return nil, EngineErrorf("Unable to evaluate language function '%s': function requires fully qualified resource type and names as arguments.", c.row.name)
}

// idText collects the text of an id, in which some parts may be unknown.
type idText struct {
	text     strings.Builder
	doubts   []*value.Doubt
	opaque   bool
	isSecret bool
}

func (t *idText) literal(s string) { t.text.WriteString(s) }

// part adds a value; the stand-in of an unknown one keeps the id comparable.
func (t *idText) part(v *value.Value) {
	if v == nil || v.Kind != value.String && v.Kind != value.Unknown {
		v = value.NewUnknown(&value.Doubt{Reason: value.Context})
	}
	if v.Kind == value.Unknown {
		t.doubts = append(t.doubts, v.Doubt)
		t.opaque = t.opaque || v.Str == ""
	}
	t.isSecret = t.isSecret || v.Secret
	t.text.WriteString(v.Str)
}

// resource adds /providers/Namespace/type/name/type/name...
func (t *idText) resource(p *idParts) {
	segments := strings.Split(p.kind, "/")
	t.literal("/providers/" + segments[0])
	for i, name := range p.names {
		t.literal("/" + segments[i+1] + "/")
		t.part(name)
	}
}

func (c *call) id(t *idText) (*value.Value, error) {
	if err := c.budget().Text(int64(t.text.Len())); err != nil {
		return nil, err
	}
	if len(t.doubts) == 0 {
		return value.NewString(t.text.String()).WithSecret(t.isSecret), nil
	}
	standIn := t.text.String()
	if t.opaque {
		standIn = ""
	}
	return c.unknown(c.node.At, standIn, t.doubts...).WithSecret(t.isSecret), nil
}

// unknownID is the id where the type itself is not known.
func (c *call) unknownID() (*value.Value, error) {
	var doubts []*value.Doubt
	for _, arg := range c.args {
		doubts = append(doubts, arg.Doubts()...)
	}
	return c.unknown(c.node.At, "", doubts...), nil
}

// fromContext gives a member of a context object.
func (c *call) fromContext(name, member string) (*value.Value, error) {
	object, err := given(c.env().Context(name)).or(ErrLocation, name)
	if err != nil {
		return nil, err
	}
	if v := object.Get(member); v != nil {
		return v, nil
	}
	if object.Kind == value.Unknown {
		return value.NewUnknown(object.Doubt), nil
	}
	return nil, nil
}

// resourceID composes an id at the scope of the deployment, or in the resource
// group or subscription that is named before the type.
func resourceID(c *call) (*value.Value, error) {
	p, err := c.idParts(0, 2)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return c.unknownID()
	}
	scope := c.env().Scope()
	var subscription, group *value.Value
	switch len(p.before) {
	case 2:
		subscription, group = p.before[0], p.before[1]
	case 1:
		if scope != ResourceGroup || isGUID(p.before[0].Str) {
			subscription = p.before[0]
		} else {
			group = p.before[0]
		}
	}
	var t idText
	if subscription == nil && group == nil && (scope == ManagementGroup || scope == Tenant) {
		t.resource(p)
		return c.id(&t)
	}
	if subscription == nil {
		if subscription, err = c.fromContext("subscription", "subscriptionId"); err != nil {
			return nil, err
		}
	}
	if group == nil && scope == ResourceGroup {
		if group, err = c.fromContext("resourceGroup", "name"); err != nil {
			return nil, err
		}
	}
	if group == nil {
		return c.subscriptionID(subscription, p)
	}
	t.literal("/subscriptions/")
	t.part(subscription)
	t.literal("/resourceGroups/")
	t.part(group)
	t.resource(p)
	return c.id(&t)
}

// isGUID says whether a text has the form of a UUID.
func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, r := range s {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if r != '-' {
				return false
			}
		} else if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return false
		}
	}
	return true
}

func subscriptionResourceID(c *call) (*value.Value, error) {
	p, err := c.idParts(0, 1)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return c.unknownID()
	}
	var subscription *value.Value
	if len(p.before) == 1 {
		subscription = p.before[0]
	} else if subscription, err = c.fromContext("subscription", "subscriptionId"); err != nil {
		return nil, err
	}
	return c.subscriptionID(subscription, p)
}

// subscriptionID composes the id of a resource of a subscription. Resource
// groups have a form of their own.
func (c *call) subscriptionID(subscription *value.Value, p *idParts) (*value.Value, error) {
	var t idText
	t.literal("/subscriptions/")
	t.part(subscription)
	if strings.EqualFold(p.kind, "Microsoft.Resources/resourceGroups") {
		t.literal("/resourceGroups/")
		t.part(p.names[0])
		return c.id(&t)
	}
	t.resource(p)
	return c.id(&t)
}

func managementGroupResourceID(c *call) (*value.Value, error) {
	p, err := c.idParts(0, 1)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return c.unknownID()
	}
	var group *value.Value
	if len(p.before) == 1 {
		group = p.before[0]
	} else if group, err = c.fromContext("managementGroup", "name"); err != nil {
		return nil, err
	}
	var t idText
	t.literal("/providers/Microsoft.Management/managementGroups/")
	t.part(group)
	t.resource(p)
	return c.id(&t)
}

func tenantResourceID(c *call) (*value.Value, error) {
	p, err := c.idParts(0, 0)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return c.unknownID()
	}
	var t idText
	t.resource(p)
	return c.id(&t)
}

// extensionResourceID composes the id of a resource that extends another one;
// the base "/" is the tenant.
func extensionResourceID(c *call) (*value.Value, error) {
	p, err := c.idParts(1, 0)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return c.unknownID()
	}
	base := *c.args[0]
	base.Str = strings.TrimSuffix(base.Str, "/")
	var t idText
	t.part(&base)
	t.opaque = c.args[0].Kind == value.Unknown && c.args[0].Str == ""
	t.resource(p)
	return c.id(&t)
}
