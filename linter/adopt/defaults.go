package adopt

import (
	"encoding/json"
	"maps"
)

// schema is what of a template's openAPIV3Schema fills in parameters.
type schema struct {
	Default              any
	Nullable             bool
	Properties           map[string]*schema
	Items                *schema
	AdditionalProperties extra
}

// extra is additionalProperties: a schema, or a truth value that fills in nothing.
type extra struct{ schema *schema }

// UnmarshalJSON implements json.Unmarshaler.
func (e *extra) UnmarshalJSON(text []byte) error {
	var allowed bool
	if json.Unmarshal(text, &allowed) == nil {
		return nil
	}
	return json.Unmarshal(text, &e.schema)
}

// filled is a value with the defaults of its schema, as the API server fills them
// into a Constraint: where a property is absent, and below what is there.
func (s *schema) filled(v any) any {
	if s == nil {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		out := maps.Clone(v)
		for name, member := range out {
			if s.Properties[name] == nil {
				out[name] = s.AdditionalProperties.schema.filled(member)
			}
		}
		for name, property := range s.Properties {
			if property == nil {
				continue
			}
			member, there := out[name]
			if property.Default != nil && (!there || member == nil && !property.Nullable) {
				member, there = property.Default, true
			}
			if there {
				out[name] = property.filled(member)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = s.Items.filled(item)
		}
		return out
	}
	return v
}
