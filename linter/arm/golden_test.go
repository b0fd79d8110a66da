package arm

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

var update = flag.Bool("update", false, "write what the tests found into testdata")

// TestGolden expands the templates of testdata. A file holds template.json, parameters.json
// where there are some, the files that the template links to, and the summary that is
// wanted.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got, want := expandArchive(t, archive), -1
			for i, f := range archive.Files {
				if f.Name == "want" {
					want = i
				}
			}
			if *update {
				if want < 0 {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					want = len(archive.Files) - 1
				}
				archive.Files[want].Data = got
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 || !bytes.Equal(archive.Files[want].Data, got) {
				t.Errorf("got:\n%s", got)
			}
		})
	}
}

// expandArchive expands template.json of an archive and summarizes the result.
func expandArchive(t *testing.T, archive *txtar.Archive) []byte {
	docs := map[string]*source.Document{}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".json") {
			docs[f.Name] = parseDocument(t, f.Name, f.Data)
		}
	}
	opts := Options{ReadLinked: func(_ context.Context, from, relative string) (*source.Document, error) {
		if doc := docs[path.Join(path.Dir(from), relative)]; doc != nil {
			return doc, nil
		}
		return nil, fmt.Errorf("reading %s: %w", relative, os.ErrNotExist)
	}}
	if p := docs["parameters.json"]; p != nil {
		opts.Parameters = append(opts.Parameters, p)
	}
	if bytes.Contains(archive.Comment, []byte("context: full")) {
		opts.Context = Context{
			SubscriptionID: "33333333-3333-3333-3333-333333333333", TenantID: "44444444-4444-4444-4444-444444444444",
			ResourceGroup: "rg-net", ResourceGroupLocation: "westeurope", DeploymentName: "main", DeploymentLocation: "westeurope",
			ManagementGroup: "mg-top",
		}
	}
	d, err := Expand(context.Background(), docs["template.json"], opts)
	if err != nil {
		t.Fatal(err)
	}
	return summarize(d)
}

// summarize lists resources, unknown values, outputs and diagnostics, a line
// each.
func summarize(d *Deployment) []byte {
	var b bytes.Buffer
	for _, r := range d.Hoist() {
		fmt.Fprintf(&b, "resource %s", r.ID)
		if !r.IDKnown {
			b.WriteString(" (stand-in)")
		}
		if r.Existing {
			b.WriteString(" existing")
		}
		if r.Conditional != nil {
			fmt.Fprintf(&b, " if %s", r.Conditional.Expr)
		}
		fmt.Fprintf(&b, " @%s\n", chain(r.Origin))
		if r.Parent == nil {
			summarizeValue(&b, "", r.Value)
		}
	}
	for _, o := range d.Outputs {
		fmt.Fprintf(&b, "output %s = ", o.Name)
		summarizeScalar(&b, o.Value)
		b.WriteByte('\n')
	}
	for _, diag := range d.Diagnostics {
		fmt.Fprintf(&b, "%s %s: %s @%s\n", [...]string{"error", "warning", "note"}[diag.Severity], diag.Code, diag.Message, chain(diag.Origin))
	}
	return b.Bytes()
}

// summarizeValue lists the scalars of a resource with their origins.
func summarizeValue(b *bytes.Buffer, at string, v *value.Value) {
	switch {
	case v.Kind == value.Array && len(v.Items) > 0:
		for i, item := range v.Items {
			summarizeValue(b, fmt.Sprintf("%s[%d]", at, i), item)
		}
	case v.Kind == value.Object && len(v.Members) > 0:
		for _, m := range v.Members {
			switch m.Name {
			case "id", "type", "apiVersion":
				if at == "" {
					continue
				}
			}
			summarizeValue(b, strings.TrimPrefix(at+"."+m.Name, "."), m.Value)
		}
	default:
		fmt.Fprintf(b, "  %s = ", at)
		summarizeScalar(b, v)
		fmt.Fprintf(b, " @%s\n", chain(v.Origin))
	}
}

func summarizeScalar(b *bytes.Buffer, v *value.Value) {
	switch {
	case v.Kind == value.Unknown:
		fmt.Fprintf(b, "unknown (%s) %s", v.Doubt.Reason, v.Doubt.Expr)
	case v.HoldsSecret():
		b.WriteString("secret")
	case v.HoldsUnknown():
		fmt.Fprint(b, plain(v))
	default:
		text, _ := v.JSON('"', 1<<20)
		b.WriteString(text)
	}
}

// chain shows an origin and where it came from.
func chain(o *value.Origin) string {
	var parts []string
	for ; o != nil && len(parts) < 8; o = o.From {
		at := o.File.Position(o.Span.Start)
		s := fmt.Sprintf("%d:%d", at.Line, at.Column)
		if o.File.Path != "template.json" {
			s = o.File.Path + ":" + s
		}
		switch o.Step {
		case value.Literal:
		case value.CopyIndex:
			s += fmt.Sprintf(" %s[%d]", o.Name, o.Index)
		default:
			s += fmt.Sprintf(" %s %s", stepNames[o.Step], o.Name)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " < ")
}

var stepNames = map[value.Step]string{
	value.ParameterDefault: "default of", value.ParameterFile: "file value of", value.ParameterSet: "set value of",
	value.Variable: "variable", value.NestedDeployment: "deployment", value.NestedParameter: "given value of", value.LinkedFile: "link", value.OutputOf: "output of",
	value.Fact: "fact",
}
