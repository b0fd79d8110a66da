package function

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// oracleRow is one case of functions.jsonl in the folder AKSNETLINT_ORACLE.
type oracleRow struct {
	ID            string         `json:"id"`
	Expr          string         `json:"expr"`
	Expected      any            `json:"expected"`
	Error         bool           `json:"error"`
	ErrorContains string         `json:"error_contains"`
	Context       string         `json:"context"`
	Parameters    map[string]any `json:"parameters"`
	Variables     map[string]any `json:"variables"`
	Unsure        bool           `json:"unsure"`
}

// oracleFolder skips the test where no oracle is at hand.
func oracleFolder(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("AKSNETLINT_ORACLE")
	if folder == "" {
		t.Skip("AKSNETLINT_ORACLE is not set")
	}
	return folder
}

func oracleRows(t testing.TB, folder string) []oracleRow {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "functions.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []oracleRow
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var row oracleRow
		if err := decode(lines.Text(), &row); err != nil {
			t.Fatalf("reading the oracle: %v", err)
		}
		all = append(all, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func oracleContexts(t testing.TB, folder string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "contexts.json"))
	if err != nil {
		t.Fatal(err)
	}
	contexts := map[string]any{}
	if err := decode(string(text), &contexts); err != nil {
		t.Fatal(err)
	}
	return contexts
}

var oracleScopes = map[string]Scope{
	"": ResourceGroup, "subscription": Subscription, "managementGroup": ManagementGroup, "tenant": Tenant,
}

// enter puts the Env into a context of contexts.json: "name" or "name@scope".
func (e *testEnv) enter(contexts map[string]any, name string) {
	if name == "" {
		name = "docs"
	}
	name, scope, _ := strings.Cut(name, "@")
	e.scope = oracleScopes[scope]
	e.context = map[string]*value.Value{}
	members, _ := contexts[name].(map[string]any)
	for key, member := range members {
		if object, ok := member.(map[string]any); ok {
			e.context[key] = e.template(object)
		}
	}
}

func TestOracleFunctions(t *testing.T) {
	folder := oracleFolder(t)
	contexts := oracleContexts(t, folder)
	passed, sure := 0, 0
	for _, row := range oracleRows(t, folder) {
		err := row.check(t, contexts)
		switch {
		case row.Unsure && err != nil:
			t.Logf("unsure %s: %s: %v", row.ID, row.Expr, err)
		case row.Unsure:
		case err != nil:
			sure++
			t.Errorf("%s: %s: %v", row.ID, row.Expr, err)
		default:
			sure++
			passed++
		}
	}
	t.Logf("oracle functions: %d of %d", passed, sure)
}

func (row oracleRow) check(t *testing.T, contexts map[string]any) error {
	env, messages := newEnv(t)
	env.enter(contexts, row.Context)
	env.parameters, env.variables = row.Parameters, row.Variables
	got := env.evaluate(row.Expr)
	switch {
	case row.Error && len(*messages) == 0:
		return fmt.Errorf("got %s, want an error", show(got))
	case row.Error && !strings.Contains(strings.Join(*messages, "\n"), row.ErrorContains):
		return fmt.Errorf("got the error %q, want %q", *messages, row.ErrorContains)
	case row.Error:
		return nil
	case len(*messages) > 0:
		return errors.New(strings.Join(*messages, "; "))
	}
	return same(got, row.Expected)
}
