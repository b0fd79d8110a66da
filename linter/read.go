package linter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// document is one document of an input with what it is.
type document struct {
	*source.Document
	class class
	in    input
	// objects are those of a manifest.
	objects []object
	ignores []*ignore
	// companion is set where the document was read only because it
	// belongs to another one: the parameter file of a template that was named.
	companion bool
}

func newDocument(doc *source.Document, class class, in input) document {
	d := document{Document: doc, class: class, in: in, companion: in.companion}
	if class == manifest {
		d.objects = objects(doc)
	}
	d.ignores = ignoresOf(d)
	return d
}

// reading is what became of one input.
type reading struct {
	documents []document
	// unneeded counts the documents that nothing after reading looks at.
	unneeded int
	findings []Finding
	skipped  []Skipped
	// kustomizations are those among the documents.
	kustomizations []*kustomization
	err            error
	// done is set where the input was read, or found not to be readable; parsed
	// where its text was seen.
	done, parsed bool
}

// read parses the inputs in parallel and returns their documents in order.
// Whatever cannot be parsed is a finding; an input that the user named and that
// cannot be opened is an error.
func (r *run) read(ctx context.Context, inputs []input) ([]document, error) {
	readings := make([]reading, len(inputs))
	err := r.inStage(ctx, "reading files", len(inputs), func(i int) error {
		out := r.readOne(ctx, inputs[i])
		if err := ctx.Err(); err != nil {
			return err // What was read may be half of it.
		}
		out.done = true
		readings[i] = out
		return out.err
	})
	if err != nil && ctx.Err() == nil {
		return nil, err
	}
	passOverPatches(inputs, readings)
	var documents []document
	unneeded := 0
	for _, reading := range readings {
		if !reading.done {
			continue
		}
		if reading.parsed {
			r.summary.Files++
		}
		documents = append(documents, reading.documents...)
		unneeded += reading.unneeded
		for _, f := range reading.findings {
			r.findings.add(f)
		}
		r.skipped = append(r.skipped, reading.skipped...)
	}
	r.summary.Documents = len(documents) + unneeded
	return documents, err
}

func (r *run) readOne(ctx context.Context, in input) (out reading) {
	text, err := r.textOf(in)
	switch {
	case err != nil && in.companion:
		out.skipped = []Skipped{{File: in.name, Reason: "cannot be read: " + err.Error()}}
		return out
	case errors.Is(err, errTooLarge):
		out.findings = []Finding{r.finding(ruleInputLimit, "the file is "+err.Error()+": it was not read", startOf(in))}
		return out
	case err != nil && in.named:
		out.err = fmt.Errorf("reading %s: %w", in.name, err)
		return out
	case err != nil:
		out.findings = []Finding{r.finding(ruleParseError, "the file cannot be read: "+err.Error(), startOf(in))}
		return out
	}
	out.parsed = true
	file := source.NewFile(in.name, text)
	docs, problems := parse(ctx, file, formatOf(in, text))
	for _, problem := range problems {
		if problem.Kind == source.Separator && len(docs) > 0 && !hasManifest(docs) {
			continue // nothing that kubectl is given
		}
		if isUnrendered(pieceAround(text, problem.Span.Start)) {
			line := file.Position(problem.Span.Start).Line
			out.skipped = append(out.skipped, Skipped{File: in.name, Line: line, Reason: "a template that is not rendered yet (Helm, Jinja): lint what it renders"})
			continue
		}
		out.findings = append(out.findings, r.problemFinding(problem))
	}
	for _, doc := range docs {
		if k := kustomizationOf(doc, in); k != nil {
			out.kustomizations = append(out.kustomizations, k)
		}
		class, reason := classify(doc)
		if in.companion && class != parameterFile {
			continue
		}
		if class == foreign {
			line := file.Position(doc.Root.Span.Start).Line
			out.skipped = append(out.skipped, Skipped{File: in.name, Line: line, Reason: reason})
			doc.Release()
			continue
		}
		read := newDocument(doc, class, in)
		if !r.isNeeded(read) {
			out.unneeded++
			doc.Release()
			continue
		}
		r.release(read)
		out.documents = append(out.documents, read)
	}
	return out
}

// textOf is the text of an input, which nobody changes: that of an overlay
// belongs to the caller and is copied.
func (r *run) textOf(in input) ([]byte, error) {
	if text, ok := r.opts.Overlay[in.name]; ok {
		return bytes.Clone(text), nil
	}
	return readInput(in, r.opts.Stdin)
}

// isNeeded is unset for a manifest that no rule looks at: most of a large
// repository is, and need not be kept.
func (r *run) isNeeded(doc document) bool {
	if doc.class != manifest || r.keepAll || r.targeted(engine.EveryKind) {
		return true
	}
	for _, o := range doc.objects {
		if r.targeted(o.kind) || slices.Contains(joinedKinds, o.kind) {
			return true
		}
	}
	return len(doc.ignores) > 0
}

// startOf is the place of what concerns a file that was not read.
func startOf(in input) Place {
	return Place{File: in.name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

// parse reads a file in its format. What a JSON file holds for Kubernetes is
// read as kubectl reads it: whatever the name of the file says, text that is
// not strict JSON is YAML (YAMLOrJSONDecoder of k8s.io/apimachinery), which
// allows commas at the end and refuses comments with slashes.
func parse(ctx context.Context, file *source.File, format source.Format) ([]*source.Document, []source.Problem) {
	docs, problems := source.Parse(ctx, file, format, source.DefaultLimits())
	if format != source.JSON {
		return docs, problems
	}
	lenient := len(docs) == 1 && docs[0].Lenient && hasManifest(docs)
	broken := len(problems) == 1 && problems[0].Kind == source.Syntax
	if !lenient && !broken {
		return docs, problems
	}
	asYAML, yamlProblems := source.Parse(ctx, file, source.YAML, source.DefaultLimits())
	switch {
	case hasManifest(asYAML):
		return asYAML, yamlProblems
	case lenient:
		return nil, []source.Problem{{File: file, Kind: source.Syntax, Span: lenientPlace(docs[0]),
			Message: "kubectl reads no Kubernetes object here: the text is neither strict JSON, which has no comments, nor the same as YAML"}}
	}
	return docs, problems
}

// lenientPlace is where strict JSON ends: the first comment, or the value.
func lenientPlace(doc *source.Document) source.Span {
	if len(doc.Comments) > 0 {
		return doc.Comments[0].Span
	}
	return doc.Root.Span
}

// hasManifest says whether one of the documents is a Kubernetes object.
func hasManifest(docs []*source.Document) bool {
	return slices.ContainsFunc(docs, func(doc *source.Document) bool {
		class, _ := classify(doc)
		return class == manifest
	})
}

// formatOf chooses the reader by the extension, for standard input by the first
// character.
func formatOf(in input, text []byte) source.Format {
	name := strings.ToLower(in.name)
	if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".jsonc") {
		return source.JSON
	}
	if in.path != "" {
		return source.YAML
	}
	trimmed := strings.TrimLeft(string(text[:min(len(text), 4096)]), "\ufeff \t\r\n")
	if strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		return source.JSON
	}
	return source.YAML
}

// problemFinding turns what a reader could not take into a finding.
func (r *run) problemFinding(problem source.Problem) Finding {
	rule := ruleParseError
	if problem.Kind == source.Limit {
		rule = ruleInputLimit
	}
	return r.finding(rule, problem.Message, placeOf(problem.File, problem.Span))
}

// finding makes a finding of a rule about the input itself.
func (r *run) finding(rule, message string, place Place) Finding {
	return Finding{Rule: rule, Severity: r.byID[rule].Severity, Message: message, Place: place, Help: r.byID[rule].Remediation}
}

// growStack makes the stack of its goroutine as large as evaluation needs at
// once, not by doubling it step after step and copying what it holds.
//
//go:noinline
func growStack() {
	var room [48 << 10]byte
	runtime.KeepAlive(&room)
}

// inParallel calls work for 0 to n-1 on all processors and returns the error
// of the lowest number, so that an outcome does not hang on timing.
func inParallel(ctx context.Context, n int, work func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			growStack()
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = work(i)
			}
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
