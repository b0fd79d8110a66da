package function

import (
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// missing is a parameter without a value; standIn may be empty.
func missing(name, standIn string) *value.Value {
	v := value.NewUnknown(&value.Doubt{Reason: value.MissingParameter, Expr: "parameters('" + name + "')", Parameter: name})
	v.Str = standIn
	return v
}

func unknownEnv(t testing.TB) (*testEnv, *[]string) {
	env, messages := newEnv(t)
	partly := missing("net", "")
	partly.Members = []value.Member{{Name: "location", Value: value.NewString("norwayeast")}}
	env.parameters = map[string]any{
		"u": missing("u", ""), "w": missing("w", ""), "id": missing("id", "<id>"), "net": partly,
		"secret": value.NewString("hunter2").WithSecret(true),
	}
	env.context = contextForTests()
	return env, messages
}

// TestUnknown evaluates "expression => JSON" where "?" is an unknown value; u,
// w and id are parameters without values, the last with a stand-in.
func TestUnknown(t *testing.T) {
	const u, w, id = "parameters('u')", "parameters('w')", "parameters('id')"
	for _, test := range []struct{ text, want string }{
		{"concat('a', " + u + ")", `"?"`},
		{"length(createArray(" + u + "))", `1`},
		{"createObject('a', " + u + ", 'b', 2)", `{"a":"?","b":2}`},
		{"createObject(" + u + ", 1)", `"?"`},
		{"createObject('a', " + u + ").a.b[0]", `"?"`},
		{"createArray(1, " + u + ")[" + u + "]", `"?"`},
		{"contains(createArray(" + u + ", 2), 2)", `true`},
		{"contains(createArray(" + u + ", 2), 3)", `"?"`},
		{"contains(createArray(), " + u + ")", `false`},
		{"contains(createObject('a', " + u + "), 'a')", `true`},
		{"indexOf(createArray(1, " + u + "), 1)", `0`},
		{"indexOf(createArray(" + u + ", 1), 1)", `"?"`},
		{"union(createObject('a', 1), " + u + ")", `"?"`},
		{"union(createObject('a', 1), createObject('b', " + u + "))", `{"a":1,"b":"?"}`},
		{"union(createObject('a', createObject('x', 1)), createObject('a', " + u + "))", `{"a":"?"}`},
		{"union(createObject('a', " + u + "), createObject('a', 1))", `{"a":1}`},
		{"union(createArray(" + u + "), createArray(1))", `"?"`},
		{"concat(createArray(" + u + "), createArray(1))", `["?",1]`},
		{"flatten(createArray(createArray(" + u + "), createArray(1)))", `["?",1]`},
		{"flatten(createArray(" + u + "))", `"?"`},
		{"empty(" + u + ")", `"?"`},
		{"empty(createArray(" + u + "))", `false`},
		{"empty(" + id + ")", `"?"`},
		{"empty(resourceId('Microsoft.Network/virtualNetworks', " + id + "))", `false`},
		{"empty(concat(" + id + ", resourceId('Microsoft.Network/virtualNetworks', " + id + ")))", `"?"`},
		{"equals(resourceId('Microsoft.Network/virtualNetworks', " + id + "), '')", `false`},
		{"equals('', " + id + ")", `"?"`},
		{"coalesce(" + u + ", 1)", `"?"`},
		{"coalesce(1, " + u + ")", `1`},
		{"if(" + u + ", 'a', 'a')", `"a"`},
		{"if(" + u + ", 'a', 'b')", `"?"`},
		{"if(" + u + ", fail('x'), 'b')", `"?"`},
		{"and(" + u + ", false())", `false`},
		{"and(" + u + ", true())", `"?"`},
		{"and(" + u + ", fail('x'))", `"?"`},
		{"or(" + u + ", true())", `true`},
		{"or(false(), " + u + ")", `"?"`},
		{"not(" + u + ")", `"?"`},
		{"equals(createArray(1, " + u + "), createArray(2, 3))", `false`},
		{"equals(createArray(1, " + u + "), createArray(1, 3))", `"?"`},
		{"equals(createArray(" + u + "), createArray())", `false`},
		{"equals(" + u + ", " + u + ")", `"?"`},
		{"equals(" + id + ", " + id + ")", `true`},
		{"string(createArray(" + u + "))", `"?"`},
		{"join(createArray('a', " + u + "), '-')", `"?"`},
		{"map(createArray(1, 2), lambda('v', " + u + "))", `["?","?"]`},
		{"filter(createArray(1, 2), lambda('v', " + u + "))", `"?"`},
		{"sort(createArray(1, 2), lambda('a', 'b', " + u + "))", `"?"`},
		{"toObject(createArray(1), lambda('v', " + u + "))", `"?"`},
		{"toObject(createArray('k'), lambda('v', lambdaVariables('v')), lambda('v', " + u + "))", `{"k":"?"}`},
		{"shallowMerge(createArray(createObject('a', " + u + "), createObject('a', 1)))", `{"a":1}`},
		{"items(createObject('a', " + u + "))", `[{"key":"a","value":"?"}]`},
		{"tryGet(" + u + ", 'a')", `"?"`},
		{"tryGet(createObject('a', " + u + "), 'a', 'b')", `"?"`},
		{"tryGet(createObject('a', " + u + "), 'z')", `null`},
		{"parameters('net').location", `"norwayeast"`},
		{"parameters('net').id", `"?"`},
		{"range(0, " + u + ")", `"?"`},
		{"resourceId(" + u + ", 'b')", `"?"`},
		{"reference('x').outputs.id.value", `"?"`},
		{"listKeys('x', '2024-01-01').keys[0].value", `"?"`},
		{"utcNow('d')", `"?"`},
		{"my.twice(" + u + ")", `["?","?"]`},
		{"reduce(createArray(1, " + w + "), 0, lambda('c', 'n', add(lambdaVariables('c'), lambdaVariables('n'))))", `"?"`},
	} {
		env, messages := unknownEnv(t)
		got := env.evaluate("[" + test.text + "]")
		if len(*messages) > 0 {
			t.Errorf("%s: %q", test.text, *messages)
		}
		if show(got) != test.want {
			t.Errorf("%s: got %s, want %s", test.text, show(got), test.want)
		}
	}
}

func TestDoubts(t *testing.T) {
	for _, test := range []struct {
		text   string
		reason value.Reason
		expr   string
		from   int
	}{
		{"concat('a', parameters('u'))", value.MissingParameter, "parameters('u')", 0},
		{"concat(parameters('w'), parameters('u'))", value.MissingParameter, "concat(parameters('w'), parameters('u'))", 2},
		{"toLower(concat(parameters('w'), parameters('u'), parameters('w')))", value.MissingParameter, "toLower(concat(parameters('w'), parameters('u'), parameters('w')))", 2},
		{"add(1, length(reference('x').list))", value.Reference, "reference('x')", 0},
		{"listAnything('x', 'v').key", value.ListSecret, "listAnything('x', 'v')", 0},
		{"pickZones('a', 'b', 'c')", value.Regional, "pickZones('a', 'b', 'c')", 0},
		{"newGuid()", value.Clock, "newGuid()", 0},
		{"add(1, int('x'))", value.TemplateError, "int('x')", 0},
	} {
		env, _ := unknownEnv(t)
		got := env.evaluate("[" + test.text + "]")
		if got.Kind != value.Unknown || got.Doubt.Reason != test.reason || got.Doubt.Expr != test.expr || len(got.Doubt.From) != test.from {
			t.Errorf("%s: got %+v", test.text, got.Doubt)
		}
	}
}

func TestStandIns(t *testing.T) {
	standIn := func(text string) string {
		env, _ := unknownEnv(t)
		v := env.evaluate("[" + text + "]")
		if v.Kind != value.Unknown {
			t.Errorf("%s: got %s, want an unknown value", text, show(v))
		}
		return v.Str
	}
	for text, want := range map[string]string{
		"concat(parameters('id'), '/x')":                        "<id>/x",
		"format('{0}-{1}', 'a', parameters('id'))":              "a-<id>",
		"toLower(parameters('id'))":                             "<id>",
		"resourceId(parameters('id'), 'A.B/c', 'd')":            "/subscriptions/5b1e/resourceGroups/<id>/providers/A.B/c/d",
		"extensionResourceId(parameters('id'), 'A.B/c', 'd')":   "<id>/providers/A.B/c/d",
		"concat(parameters('id'), parameters('u'))":             "",
		"resourceId('A.B/c', parameters('u'))":                  "",
		"length(parameters('id'))":                              "",
		"if(parameters('u'), 'a', parameters('id'))":            "",
		"uniqueString(parameters('id'))":                        uniqueText("<id>"),
		"join(createArray('a', parameters('id')), '/')":         "a/<id>",
		"createArray(concat(parameters('id'), 'b'))[0]":         "<id>b",
		"map(createArray(1), lambda('v', parameters('id')))[0]": "<id>",
	} {
		if got := standIn(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	one, other := standIn("take(parameters('id'), 1)"), standIn("take(concat('<', parameters('id')), 1)")
	if one == "" || one == other || one != standIn("take(parameters('id'), 1)") {
		t.Errorf("cut stand-ins: %q and %q", one, other)
	}
}

func TestSecrets(t *testing.T) {
	for text, want := range map[string]bool{
		"concat('x', parameters('secret'))":                         true,
		"string(createObject('a', parameters('secret')))":           true,
		"first(createArray('a', parameters('secret')))":             false,
		"last(createArray('a', parameters('secret')))":              true,
		"toLower(parameters('secret'))":                             true,
		"equals(parameters('secret'), 'x')":                         false,
		"map(createArray(1), lambda('v', parameters('secret')))[0]": true,
		"split(parameters('secret'), 'u')[0]":                       true,
		"if(true(), parameters('secret'), 'b')":                     true,
		"if(parameters('u'), parameters('secret'), 'b')":            true,
		"resourceId('A.B/c', parameters('secret'))":                 true,
		"listKeys('x', 'v')":                                        true,
	} {
		env, messages := unknownEnv(t)
		if got := env.evaluate("[" + text + "]"); got.Secret != want {
			t.Errorf("%s: secret is %v, want %v: %q", text, got.Secret, want, *messages)
		}
	}
	for _, text := range []string{
		"int(parameters('secret'))", "uri(parameters('secret'), 'x')", "fail(parameters('secret'))",
		"dataUriToString(parameters('secret'))", "base64ToString(concat('##', parameters('secret')))",
		"parseCidr(parameters('secret'))", "dateTimeToEpoch(parameters('secret'))",
	} {
		env, messages := unknownEnv(t)
		env.evaluate("[" + text + "]")
		if len(*messages) != 1 || strings.Contains((*messages)[0], "hunter2") {
			t.Errorf("%s: %q", text, *messages)
		}
	}
}
