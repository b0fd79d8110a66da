package linter

import (
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

// plainer turns template values into the plain JSON that rules see. Property
// names get their documented spelling, since ARM takes any; a value that is not
// known becomes an *engine.Unknown that leads back to its doubt. It is safe for
// concurrent use.
type plainer struct {
	mu       sync.Mutex
	unknowns map[*value.Doubt]*engine.Unknown
	// secrets are the doubts about values that must not be printed.
	secrets map[*value.Value]*value.Doubt
}

func newPlainer() *plainer {
	return &plainer{unknowns: map[*value.Doubt]*engine.Unknown{}, secrets: map[*value.Value]*value.Doubt{}}
}

// spelling leads from a property name in lower case to its documented
// spelling. A run without templates never needs it.
var spelling = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, name := range policies.ARMPropertyNames() {
		names[strings.ToLower(name)] = name
	}
	return names
})

// freeForm are the properties whose member names belong to the user.
var freeForm = map[string]bool{"tags": true, "userassignedidentities": true, "parameters": true}

func (p *plainer) plain(v *value.Value) any { return p.convert(v, true) }

func (p *plainer) convert(v *value.Value, respell bool) any {
	if v == nil {
		return nil
	}
	if v.Secret && v.Kind != value.Unknown {
		return p.secret(v)
	}
	switch v.Kind {
	case value.Unknown:
		return p.unknown(v.Doubt)
	case value.Bool:
		return v.Bool
	case value.Int:
		return v.Int
	case value.Float:
		return v.Float
	case value.String:
		return v.Str
	case value.Array:
		items := make([]any, len(v.Items))
		for i, item := range v.Items {
			items[i] = p.convert(item, respell)
		}
		return items
	case value.Object:
		members := make(map[string]any, len(v.Members))
		for _, m := range v.Members {
			// ARM reads a null property as one that is absent.
			if m.Value == nil || m.Value.Kind == value.Null {
				continue
			}
			name := m.Name
			if respell {
				name = p.spell(name)
			}
			members[name] = p.convert(m.Value, respell && !freeForm[strings.ToLower(m.Name)])
		}
		return members
	}
	return nil
}

// shared keeps the values of templates that were converted for rules: the worlds of
// a template share most of theirs. It is not safe for concurrent use.
type shared struct {
	plain *plainer
	parts map[partKey]engine.Value
	names map[string]shownName
	// withholds is set while resources are withheld that no rule is expected to look at;
	// withheld is how many were.
	withholds bool
	withheld  int
	// fields are those of the objects that are being converted, of the inner ones after
	// those of the outer.
	fields []engine.Field
}

// shownName is how rules see the name of a property.
type shownName struct {
	spelled  string
	freeForm bool
}

// partKey is a value and whether its property names are spelled as documented.
type partKey struct {
	value   *value.Value
	respell bool
}

func newShared(p *plainer) *shared {
	return &shared{plain: p, parts: map[partKey]engine.Value{}, names: map[string]shownName{}}
}

// resource is a resource as plainResource gives it, converted.
func (s *shared) resource(r *run, res *arm.Resource) engine.Value {
	if s.withholds && !res.Existing && r.withhold(res.Type) {
		s.withheld++
		return engine.WithheldObject(s.withheld)
	}
	start := len(s.fields)
	var named, described bool
	if res.Value != nil && res.Value.Kind == value.Object {
		for _, m := range res.Value.Members {
			if name := s.name(m.Name); m.Value != nil && m.Value.Kind != value.Null {
				named, described = named || name.spelled == "name", described || name.spelled == "properties"
				s.add(name.spelled, s.convert(m.Value, !name.freeForm))
			}
		}
	}
	add := s.add
	add("id", engine.TextValue(res.ID))
	add("type", engine.TextValue(r.canonicalType(res.Type)))
	if !named {
		add("name", engine.TextValue(res.Name))
	}
	if res.Existing {
		add("existing", engine.BoolValue(true))
	}
	if res.Existing && !described {
		add("properties", engine.UnknownValue(r.plain.unknown(unreadProperties(res))))
	}
	return s.object(start)
}

func (s *shared) add(name string, v engine.Value) {
	s.fields = append(s.fields, engine.Field{Name: name, Value: v})
}

// object is one of the fields from the start on.
func (s *shared) object(start int) engine.Value {
	v := engine.ObjectValue(s.fields[start:])
	s.fields = s.fields[:start]
	return v
}

// near are what types begin with that rules look at: those of networks and clusters, of
// what gives access to them, and of what takes addresses.
var near = []string{"Microsoft.Network/", "Microsoft.ContainerService/", "Microsoft.Authorization/", "Microsoft.Compute/virtualMachineScaleSets"}

// isRemote says whether no rule is expected to look at resources of a type.
func isRemote(typ string) bool {
	return !slices.ContainsFunc(near, func(start string) bool {
		return len(typ) >= len(start) && strings.EqualFold(typ[:len(start)], start)
	})
}

// convert is plainer.convert for rules.
func (s *shared) convert(v *value.Value, respell bool) engine.Value {
	if v.Secret && v.Kind != value.Unknown {
		return engine.UnknownValue(s.plain.secret(v))
	}
	switch v.Kind {
	case value.Unknown:
		return engine.UnknownValue(s.plain.unknown(v.Doubt))
	case value.Bool:
		return engine.BoolValue(v.Bool)
	case value.Int:
		return engine.IntValue(v.Int)
	case value.Float:
		return engine.FloatValue(v.Float)
	case value.String:
		return engine.TextValue(v.Str)
	case value.Array, value.Object:
		key := partKey{v, respell}
		part, ok := s.parts[key]
		if !ok {
			part = s.container(v, respell)
			s.parts[key] = part
		}
		return part
	}
	return engine.Value{}
}

func (s *shared) container(v *value.Value, respell bool) engine.Value {
	if v.Kind == value.Array {
		items := make([]engine.Value, len(v.Items))
		for i, item := range v.Items {
			if item != nil {
				items[i] = s.convert(item, respell)
			}
		}
		return engine.ListValue(items)
	}
	start := len(s.fields)
	for _, m := range v.Members {
		if m.Value == nil || m.Value.Kind == value.Null {
			continue
		}
		if !respell {
			s.add(m.Name, s.convert(m.Value, false))
			continue
		}
		name := s.name(m.Name)
		s.add(name.spelled, s.convert(m.Value, !name.freeForm))
	}
	return s.object(start)
}

func (s *shared) name(name string) shownName {
	shown, ok := s.names[name]
	if !ok {
		shown = shownName{s.plain.spell(name), freeForm[strings.ToLower(name)]}
		s.names[name] = shown
	}
	return shown
}

func (p *plainer) spell(name string) string {
	if known, ok := spelling()[strings.ToLower(name)]; ok {
		return known
	}
	return name
}

// unknown gives equal doubts one unknown, so that a verdict names each once.
func (p *plainer) unknown(doubt *value.Doubt) *engine.Unknown {
	p.mu.Lock()
	defer p.mu.Unlock()
	u, ok := p.unknowns[doubt]
	if !ok {
		u = &engine.Unknown{Source: doubt}
		p.unknowns[doubt] = u
	}
	return u
}

// secret is the unknown that rules see of a value that must not be printed: they make
// messages of what they see.
func (p *plainer) secret(v *value.Value) *engine.Unknown {
	p.mu.Lock()
	doubt := p.secrets[v]
	if doubt == nil {
		doubt = &value.Doubt{Reason: value.SecretText, Expr: "a secure value", Secret: true, Origin: v.Origin}
		p.secrets[v] = doubt
	}
	p.mu.Unlock()
	return p.unknown(doubt)
}
