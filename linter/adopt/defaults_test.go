package adopt

import (
	"encoding/json"
	"testing"
)

// Defaults go where the API server puts them: into what is there.
func TestDefaults(t *testing.T) {
	const text = `{"type": "object", "properties": {
		"message": {"type": "string", "default": "none"},
		"nullable": {"type": "string", "nullable": true, "default": "none"},
		"labels": {"type": "array", "items": {"type": "object", "properties": {"strict": {"default": true}, "key": {}}}},
		"whole": {"default": {}, "properties": {"deep": {"default": 1}}},
		"absent": {"properties": {"deep": {"default": 1}}},
		"byName": {"additionalProperties": {"properties": {"n": {"default": 2}}}},
		"open": {"additionalProperties": true}
	}}`
	var s schema
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ given, want string }{
		{`{}`, `{"message":"none","nullable":"none","whole":{"deep":1}}`},
		{`{"message": "own", "nullable": null, "whole": {"deep": 3}}`, `{"message":"own","nullable":null,"whole":{"deep":3}}`},
		{`{"message": null, "nullable": "own", "whole": {"x": 1}}`, `{"message":"none","nullable":"own","whole":{"deep":1,"x":1}}`},
		{
			`{"labels": [{"key": "a"}, {"strict": false}, 7], "absent": {}, "byName": {"a": {}, "b": {"n": 5}}, "open": {"a": {}}}`,
			`{"absent":{"deep":1},"byName":{"a":{"n":2},"b":{"n":5}},"labels":[{"key":"a","strict":true},{"strict":false},7],"message":"none","nullable":"none","open":{"a":{}},"whole":{"deep":1}}`,
		},
		{`"text"`, `"text"`},
	} {
		var given any
		if err := json.Unmarshal([]byte(c.given), &given); err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(s.filled(given))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.given, got, c.want)
		}
	}
}
