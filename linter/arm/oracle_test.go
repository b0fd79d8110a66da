package arm

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// The oracle is a folder of rows that say what templates expand to, each with its
// authority. It is not part of the project.
func oracle(t *testing.T, name string) (dir string, rows []json.RawMessage) {
	dir = os.Getenv("AKSNETLINT_ORACLE")
	if dir == "" {
		t.Skip("AKSNETLINT_ORACLE names no folder")
	}
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if len(lines.Bytes()) > 0 {
			rows = append(rows, append(json.RawMessage(nil), lines.Bytes()...))
		}
	}
	return dir, rows
}

type templateRow struct {
	ID             string
	Template       json.RawMessage
	TemplateFile   string `json:"template_file"`
	Parameters     map[string]json.RawMessage
	ParametersFile string `json:"parameters_file"`
	Context        string
	Unsure         bool
	Expected       []expectation
}

func TestOracleTemplates(t *testing.T) {
	dir, rows := oracle(t, "templates.jsonl")
	contexts := oracleContexts(t, dir)
	passed, sure := 0, 0
	for _, raw := range rows {
		var row templateRow
		if err := json.Unmarshal(raw, &row); err != nil {
			t.Fatal(err)
		}
		wrong, missing := row.judge(t, dir, contexts)
		if len(wrong) > 0 && len(missing) > 0 {
			t.Logf("row %s cannot be judged: the folder lacks the linked file %s", row.ID, missing)
			continue
		}
		if row.Unsure {
			if len(wrong) > 0 {
				t.Logf("unsure row %s: %s", row.ID, strings.Join(wrong, "; "))
			}
			continue
		}
		sure++
		if len(wrong) == 0 {
			passed++
			continue
		}
		t.Errorf("%s: %s", row.ID, strings.Join(wrong, "\n\t"))
	}
	t.Logf("oracle templates: %d of %d", passed, sure)
}

// judge expands a row's template and returns what is not as expected, and the
// linked files that are not there.
func (row *templateRow) judge(t *testing.T, dir string, contexts map[string]Context) (wrong, missing []string) {
	name, text := "template.json", []byte(row.Template)
	if row.TemplateFile != "" {
		name = row.TemplateFile
		text = readFile(t, filepath.Join(dir, name))
	}
	doc := parseDocument(t, name, text)
	read := readBelow(dir)
	opts := Options{Set: map[string]*value.Value{}}
	opts.ReadLinked = func(ctx context.Context, from, relative string) (*source.Document, error) {
		doc, err := read(ctx, from, relative)
		if err != nil {
			missing = append(missing, relative)
		}
		return doc, err
	}
	for name, raw := range row.Parameters {
		v := literal(t, raw)
		if wrapped := v.Get("value"); wrapped != nil && len(v.Members) == 1 {
			v = wrapped
		}
		opts.Set[name] = v
	}
	if row.ParametersFile != "" {
		opts.Parameters = append(opts.Parameters, parseDocument(t, row.ParametersFile, readFile(t, filepath.Join(dir, row.ParametersFile))))
	}
	name, scope, _ := strings.Cut(row.Context, "@")
	opts.Context = contexts[name]
	if scope != "" {
		for s := ResourceGroupScope; s <= TenantScope; s++ {
			if s.String() == scope {
				opts.Scope = &s
			}
		}
	}
	got, err := Expand(context.Background(), doc, opts)
	if err != nil {
		return []string{err.Error()}, nil
	}
	for _, want := range row.Expected {
		if msg := want.judge(got, doc); msg != "" {
			wrong = append(wrong, msg)
		}
	}
	return wrong, missing
}

func oracleContexts(t *testing.T, dir string) map[string]Context {
	var file map[string]json.RawMessage
	if err := json.Unmarshal(readFile(t, filepath.Join(dir, "contexts.json")), &file); err != nil {
		t.Fatal(err)
	}
	contexts := map[string]Context{}
	for name, raw := range file {
		var c struct {
			Subscription    struct{ SubscriptionID, TenantID, DisplayName string }
			ResourceGroup   struct{ Name, Location string }
			ManagementGroup struct{ Name string }
			Tenant          struct{ CountryCode, DisplayName string }
			Deployment      struct{ Name, Location string }
		}
		if strings.HasPrefix(name, "_") {
			continue
		}
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		contexts[name] = Context{
			SubscriptionID: c.Subscription.SubscriptionID, SubscriptionName: c.Subscription.DisplayName,
			TenantID: c.Subscription.TenantID, TenantName: c.Tenant.DisplayName, CountryCode: c.Tenant.CountryCode,
			ResourceGroup: c.ResourceGroup.Name, ResourceGroupLocation: c.ResourceGroup.Location,
			ManagementGroup: c.ManagementGroup.Name, DeploymentName: c.Deployment.Name,
			DeploymentLocation: c.Deployment.Location,
		}
	}
	return contexts
}

func TestOracleTypes(t *testing.T) {
	_, rows := oracle(t, "types.jsonl")
	passed, sure := 0, 0
	for _, raw := range rows {
		var row struct {
			ID            string
			Valid, Unsure bool
		}
		if err := json.Unmarshal(raw, &row); err != nil {
			t.Fatal(err)
		}
		doc := parseDocument(t, "row.json", raw)
		def := newTypeDef(doc.File, doc.Root.Get("schema"), doc.Root.Get("definitions"))
		wrong := def.check(value.FromNode(doc.File, doc.Root.Get("value")))
		ok := row.Valid == (wrong == "")
		if row.Unsure {
			if !ok {
				t.Logf("unsure row %s: valid %v, got %q", row.ID, row.Valid, wrong)
			}
			continue
		}
		sure++
		if ok {
			passed++
		} else {
			t.Errorf("%s: valid %v, got %q", row.ID, row.Valid, wrong)
		}
	}
	t.Logf("oracle types: %d of %d", passed, sure)
}

func readFile(t testing.TB, name string) []byte {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func parseDocument(t testing.TB, name string, text []byte) *source.Document {
	docs, problems := source.Parse(context.Background(), source.NewFile(name, text), source.JSON, source.DefaultLimits())
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	if len(docs) != 1 {
		t.Fatalf("%s: %d documents", name, len(docs))
	}
	return docs[0]
}

func literal(t testing.TB, raw []byte) *value.Value {
	doc := parseDocument(t, "value.json", raw)
	return value.FromNode(doc.File, doc.Root)
}

// readBelow reads linked files below a folder.
func readBelow(dir string) func(context.Context, string, string) (*source.Document, error) {
	return func(ctx context.Context, from, relative string) (*source.Document, error) {
		name := path.Join(path.Dir(from), relative)
		text, err := fs.ReadFile(os.DirFS(dir), name)
		if err != nil {
			return nil, err
		}
		docs, problems := source.Parse(ctx, source.NewFile(name, text), source.JSON, source.DefaultLimits())
		if len(problems) > 0 {
			return nil, problems[0]
		}
		if len(docs) != 1 {
			return nil, fmt.Errorf("%s is empty", name)
		}
		return docs[0], nil
	}
}

// readOnly reads one document whatever is linked to.
func readOnly(doc *source.Document) func(context.Context, string, string) (*source.Document, error) {
	return func(context.Context, string, string) (*source.Document, error) { return doc, nil }
}
