package function

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm/expr"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// TestLimitsAreDiagnostics holds that each way to ask for too much ends as a
// diagnostic and an unknown value.
func TestLimitsAreDiagnostics(t *testing.T) {
	doubling := map[string]any{"s0": "0123456789abcdef"}
	for i := range 30 {
		name := string(rune('a' + i))
		before := string(rune('a' + i - 1))
		if i == 0 {
			name, before = "a", "s0"
		}
		doubling[name] = "[concat(variables('" + before + "'), variables('" + before + "'))]"
	}
	for name, test := range map[string]struct {
		text      string
		variables map[string]any
	}{
		"doubling":   {text: "variables('z')", variables: doubling},
		"padding":    {text: "padLeft('a', 2000000000, 'x')"},
		"padding2":   {text: "padLeft('a', json('9223372036854775807'))"},
		"alignment":  {text: "format('{0,999999}{0,999999}', 1)"},
		"replace":    {text: "replace(padLeft('', 100000, 'a'), 'a', padLeft('', 100, 'b'))"},
		"nested map": {text: "map(range(0, 10000), lambda('a', map(range(0, 10000), lambda('b', 0))))"},
		"flatten":    {text: "flatten(map(range(0, 1000), lambda('a', range(0, 10000))))"},
		"text":       {text: "map(range(0, 10000), lambda('a', padLeft('', 100000)))"},
		"union":      {text: "reduce(range(0, 10000), createArray(), lambda('c', 'n', union(lambdaVariables('c'), range(0, 5000))))"},
		"json":       {text: "json(concat(padLeft('', 1000, '['), padLeft('', 1000, ']')))"},
		"split":      {text: "split(padLeft('', 1000000, ','), ',')"},
		"recursion":  {text: "variables('r')", variables: map[string]any{"r": "[concat('x', variables('r'))]"}},
		"sort":       {text: "map(range(0, 200), lambda('x', sort(range(0, 10000), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))))"},
	} {
		env, _ := newEnv(t)
		env.variables = test.variables
		limits := 0
		env.report = func(d Diagnostic) {
			if !d.Limit {
				t.Errorf("%s: %s", name, d.Message)
			}
			limits++
		}
		v := env.evaluate("[" + test.text + "]")
		if limits == 0 || !v.HoldsUnknown() {
			t.Errorf("%s: %d limits, kind %d", name, limits, v.Kind)
		}
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	env, messages := newEnv(t)
	env.budget = NewBudget(ctx, DefaultLimits())
	v := env.evaluate("[map(range(0, 1000), lambda('a', lambdaVariables('a')))]")
	if !v.HoldsUnknown() || len(*messages) == 0 || !strings.Contains((*messages)[0], "was ended") {
		t.Errorf("got %q", *messages)
	}
}

func TestTable(t *testing.T) {
	all := All()
	for _, info := range all {
		got, ok := Lookup(strings.ToUpper(info.Name))
		if !ok || !strings.EqualFold(got.Name, info.Name) || info.Min < 0 || info.Max >= 0 && info.Max < info.Min {
			t.Errorf("%+v: found %+v", info, got)
		}
	}
	for i := 1; i < len(all); i++ {
		if strings.EqualFold(all[i-1].Name, all[i].Name) {
			t.Errorf("%s stands twice", all[i].Name)
		}
	}
	t.Logf("%d functions", len(all))
}

// FuzzEvaluate holds that evaluation ends with a value and gives the same
// value twice.
func FuzzEvaluate(f *testing.F) {
	for _, table := range []string{arrayCases, objectCases, comparisonCases, numericCases, stringCases, encodingCases,
		formatCases, dateCases, cidrCases, lambdaCases, resourceCases, accessCases} {
		for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
			text, _, _ := strings.Cut(line, " => ")
			f.Add("[" + text + "]")
		}
	}
	f.Add("[concat(parameters('u'), parameters('id'), parameters('secret'))]")
	if folder := os.Getenv("AKSNETLINT_ORACLE"); folder != "" {
		for _, row := range oracleRows(f, folder) {
			f.Add(row.Expr)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !expr.IsExpression(text) {
			return
		}
		var shown [2]string
		for i := range shown {
			env, _ := unknownEnv(t)
			env.budget = NewBudget(context.Background(), Limits{Steps: 100_000, Text: 1 << 16, TotalText: 1 << 20, Items: 10_000, Depth: 64})
			v := env.evaluate(text)
			if v == nil || v.Kind == value.Unknown && v.Doubt == nil {
				t.Fatalf("%q: no value", text)
			}
			shown[i] = show(v)
		}
		if shown[0] != shown[1] {
			t.Fatalf("%q: %s and then %s", text, shown[0], shown[1])
		}
	})
}

func benchmark(b *testing.B, text string) {
	x, err := expr.Parse(text)
	if err != nil {
		b.Fatal(err)
	}
	env, _ := unknownEnv(b)
	b.ReportAllocs()
	for b.Loop() {
		env.budget = NewBudget(context.Background(), DefaultLimits())
		Evaluate(Input{Env: env, Budget: env.budget}, x)
	}
}

func BenchmarkResourceID(b *testing.B) {
	benchmark(b, "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', concat('aks-', 7))]")
}

func BenchmarkLambda(b *testing.B) {
	benchmark(b, "[map(range(0, 100), lambda('i', format('10.0.{0}.0/24', lambdaVariables('i'))))]")
}

func BenchmarkUniqueString(b *testing.B) {
	benchmark(b, "[uniqueString(resourceGroup().id, 'aks')]")
}
