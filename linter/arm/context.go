package arm

import (
	"github.com/aksnetlint/aksnetlint/linter/arm/function"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// context returns what a function of the deployment's context gives. What
// nobody gave is unknown; ids and names have stand-ins.
func (f *frame) context(name string) (*value.Value, error) {
	key := value.Fold(name)
	if v := f.contexts[key]; v != nil {
		return v, nil
	}
	v, err := f.makeContext(key, name)
	if err == nil {
		f.contexts[key] = v
	}
	return v, err
}

func (f *frame) makeContext(key, name string) (*value.Value, error) {
	c := f.x.opts.Context
	switch key {
	case "deployment":
		return f.deployment(), nil
	case "environment":
		return function.CloudEnvironment(), nil
	case "tenant":
		id := assumed(c.TenantID, StandInSubscription, "tenant().tenantId")
		return object(
			"tenantId", id,
			"id", prefixed("/tenants/", id),
			"countryCode", unknownUnless(c.CountryCode, "tenant().countryCode"),
			"displayName", unknownUnless(c.TenantName, "tenant().displayName"),
			"country", unknownContext("tenant().country"),
			"domains", unknownContext("tenant().domains"),
			"defaultDomain", unknownContext("tenant().defaultDomain"),
			"tenantCategory", unknownContext("tenant().tenantCategory"),
		), nil
	case "subscription":
		if f.target.scope != ResourceGroupScope && f.target.scope != SubscriptionScope {
			return nil, function.ErrLocation(name)
		}
		id := f.target.subscription
		return object(
			"id", prefixed("/subscriptions/", id),
			"subscriptionId", id,
			"tenantId", assumed(c.TenantID, StandInSubscription, "subscription().tenantId"),
			"displayName", unknownUnless(c.SubscriptionName, "subscription().displayName"),
			"state", unknownContext("subscription().state"),
			"tags", unknownContext("subscription().tags"),
			"subscriptionPolicies", unknownContext("subscription().subscriptionPolicies"),
			"managedByTenants", unknownContext("subscription().managedByTenants"),
		), nil
	case "resourcegroup":
		if f.target.scope != ResourceGroupScope {
			return nil, function.ErrLocation(name)
		}
		return f.resourceGroup(), nil
	case "managementgroup":
		if f.target.scope != ManagementGroupScope {
			return nil, function.ErrLocation(name)
		}
		id := f.target.managementGroup
		return object(
			"id", prefixed("/providers/Microsoft.Management/managementGroups/", id),
			"name", id,
			"type", value.NewString("Microsoft.Management/managementGroups"),
			"properties", unknownContext("managementGroup().properties"),
		), nil
	}
	return nil, function.ErrFunction(name)
}

func (f *frame) resourceGroup() *value.Value {
	id := prefixed("/subscriptions/", f.target.subscription)
	id = joined(joined(id, value.NewString("/resourceGroups/")), f.target.group)
	return object(
		"id", id,
		"name", f.target.group,
		"type", value.NewString("Microsoft.Resources/resourceGroups"),
		"location", f.groupLocation(),
		"properties", object("provisioningState", value.NewString("Succeeded")),
		"tags", unknownContext("resourceGroup().tags"),
		"managedBy", unknownContext("resourceGroup().managedBy"),
	)
}

// groupLocation is known for the resource group of the context only.
func (f *frame) groupLocation() *value.Value {
	c := f.x.opts.Context
	if value.Fold(f.target.group.Str) == value.Fold(c.ResourceGroup) || f.root || f.target.group.Kind == value.Unknown && f.target.group.Doubt.Reason == value.Context {
		return unknownUnless(c.ResourceGroupLocation, "resourceGroup().location")
	}
	if v := f.createdGroup(); v != nil {
		return v
	}
	return unknownContext("resourceGroup().location")
}

// createdGroup is the location of the resource group where a template around
// this one creates it, else nil.
func (f *frame) createdGroup() *value.Value {
	if f.within == nil {
		return nil
	}
	i := f.within.find("/subscriptions/" + f.target.subscription.Str + "/resourceGroups/" + f.target.group.Str)
	if i == nil || i.existing() || i.valueThunk.state == runs {
		return nil
	}
	return i.value().Get("location")
}

// deployment is what deployment() gives. The template's own declarations are
// not repeated in it.
func (f *frame) deployment() *value.Value {
	var members []value.Member
	for i := range f.node.Fields {
		n := &f.node.Fields[i]
		v := unknownContext("deployment().properties.template." + n.Name)
		switch {
		case n.Overridden:
			continue
		case n.Value.Kind != source.Object && n.Value.Kind != source.Array, value.Fold(n.Name) == "metadata":
			v = value.FromNode(f.file, n.Value)
		}
		members = append(members, value.Member{Name: n.Name, Value: v})
	}
	link := unknownContext("deployment().properties.templateLink")
	uri := unknownContext("deployment().properties.templateLink.uri")
	uri.Str = f.address
	link.Members = []value.Member{{Name: "uri", Value: uri}}
	out := []any{
		"name", f.name,
		"properties", object(
			"template", value.NewObject(members),
			"templateLink", link,
			"parameters", unknownContext("deployment().properties.parameters"),
			"mode", value.NewString("Incremental"),
			"provisioningState", value.NewString("Accepted"),
		),
	}
	if f.target.scope != ResourceGroupScope {
		out = append(out, "location", unknownUnless(f.x.opts.Context.DeploymentLocation, "deployment().location"))
	}
	return object(out...)
}

// object makes an object of names and values in turn.
func object(pairs ...any) *value.Value {
	members := make([]value.Member, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		members = append(members, value.Member{Name: pairs[i].(string), Value: pairs[i+1].(*value.Value)})
	}
	return value.NewObject(members)
}

func unknownContext(expr string) *value.Value {
	return value.NewUnknown(&value.Doubt{Reason: value.Context, Expr: expr})
}

func unknownUnless(given, expr string) *value.Value {
	if given == "" {
		return unknownContext(expr)
	}
	return value.NewString(given)
}

func prefixed(prefix string, v *value.Value) *value.Value { return joined(value.NewString(prefix), v) }

// joined appends texts that are known or unknown.
func joined(a, b *value.Value) *value.Value {
	text := a.Str + b.Str
	if a.Kind == value.String && b.Kind == value.String {
		return value.NewString(text).WithSecret(a.Secret || b.Secret)
	}
	v := value.NewUnknown(value.Merge("", nil, a.Doubt, b.Doubt)).WithSecret(a.Secret || b.Secret)
	if (a.Kind == value.String || a.Str != "") && (b.Kind == value.String || b.Str != "") {
		v.Str = text
	}
	return v
}
