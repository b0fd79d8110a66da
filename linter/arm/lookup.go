package arm

import (
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// find looks a resource up by its symbol, id or name: in the unit and in the
// ones around it.
func (u *unit) find(key string) *instance {
	for ; u != nil; u = u.parent {
		if i := u.findSymbol(key); i != nil {
			return i
		}
		if i := u.search(key); i != nil {
			return i
		}
	}
	return nil
}

// findSymbol looks up symbol or symbol[index].
func (u *unit) findSymbol(key string) *instance {
	if n := u.node.GetFold("resources"); n == nil || n.Kind != source.Object {
		return nil
	}
	symbol, index := key, -1
	if open := strings.LastIndexByte(key, '['); open > 0 && strings.HasSuffix(key, "]") {
		n, err := strconv.Atoi(key[open+1 : len(key)-1])
		if err != nil || n < 0 {
			return nil
		}
		symbol, index = key[:open], n
	}
	for _, d := range u.declared {
		if d.symbol == "" || !strings.EqualFold(d.symbol, symbol) {
			continue
		}
		list := d.instances()
		switch {
		case index >= 0 && index < len(list) && list[index].uncertain == nil:
			return list[index]
		case index < 0 && len(list) == 1 && !d.hasLoop():
			return list[0]
		}
	}
	return nil
}

// search looks a resource up by its id or, without a slash in front, its name.
// Only resources of the id's type are looked at: the names of others need not
// be evaluated.
func (u *unit) search(key string) *instance {
	u.index()
	byID := strings.HasPrefix(key, "/")
	candidates := u.all
	if byID {
		candidates = u.byType[value.Fold(typeOfID(key))]
	}
	if u.x.budget.Step(int64(len(candidates)/16)) != nil {
		return nil
	}
	for _, i := range candidates {
		if !i.ready() {
			continue
		}
		if byID && strings.EqualFold(i.place().id, key) || !byID && strings.EqualFold(i.name().Str, key) {
			return i
		}
	}
	return nil
}

// index lists the resources of a unit, with their children, by type.
func (u *unit) index() {
	if u.byType != nil {
		return
	}
	u.byType = map[string][]*instance{}
	var add func(list []*declaration)
	add = func(list []*declaration) {
		for _, d := range list {
			for _, i := range d.instances() {
				if i.typ != "" {
					key := value.Fold(i.typ)
					u.byType[key] = append(u.byType[key], i)
					u.all = append(u.all, i)
				}
				add(i.childDeclarations())
			}
		}
	}
	add(u.declared)
}

// ready says whether the id of a resource may be evaluated: what is being
// evaluated must not be asked for, nor what is not deployed, which may not have
// what its name is made of.
func (i *instance) ready() bool {
	x := i.unit.x
	if i.placing || i.nameThunk.state == runs || i.conditionThunk.state == runs || i.parent != nil && !i.parent.ready() {
		return false
	}
	if i.existing() {
		was := x.mute
		x.mute = true
		i.name()
		x.mute = was
		return true
	}
	c := i.condition()
	return c.Kind != value.Bool || c.Bool
}

// typeOfID returns the type of the resource that an id names.
func typeOfID(id string) string {
	const providers = "/providers/"
	start := strings.LastIndex(strings.ToLower(id), providers)
	if start < 0 {
		if strings.Count(id, "/") == 4 {
			return "Microsoft.Resources/resourceGroups"
		}
		return "Microsoft.Resources/subscriptions"
	}
	parts := strings.Split(id[start+len(providers):], "/")
	typ := parts[0]
	for k := 1; k < len(parts); k += 2 {
		typ += "/" + parts[k]
	}
	return typ
}
