package linter

import (
	"strings"
	"sync"

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
}

func newPlainer() *plainer {
	return &plainer{unknowns: map[*value.Doubt]*engine.Unknown{}}
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
