package linter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// ignore takes findings of some rules out of a part of a file.
type ignore struct {
	rules  []string
	reason string
	// from and to are the part it covers, to not included.
	from, to source.Position
	place    Place
	// by says how it is written: "ignore" or "annotation".
	by   string
	used map[string]bool
}

// covers says whether the ignore takes out findings of a rule at a line.
func (ig *ignore) covers(f *Finding) (rule string, ok bool) {
	if f.File != ig.place.File || !ig.holds(f.Place) {
		return "", false
	}
	for _, rule := range ig.rules {
		if rule == f.Rule {
			return rule, true
		}
	}
	return "", false
}

// holds says whether a place lies in the part that the ignore covers.
func (ig *ignore) holds(p Place) bool {
	at := source.Position{Line: p.Line, Column: p.Column}
	return !before(at, ig.from) && before(at, ig.to)
}

func before(a, b source.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
}

// cover makes the ignore cover a span.
func (ig *ignore) cover(file *source.File, span source.Span) {
	ig.from, ig.to = file.Position(span.Start), file.Position(span.End)
}

// coverLines makes the ignore cover whole lines.
func (ig *ignore) coverLines(first, last int) {
	ig.from, ig.to = source.Position{Line: first, Column: 1}, source.Position{Line: last + 1, Column: 1}
}

// ignoreWord begins an ignore in a comment, or in the comments member of a
// resource: aksnetlint:ignore RULE[,RULE] -- REASON, or ignore-file for the
// whole file.
const ignoreWord = "aksnetlint:ignore"

// parseIgnore reads an ignore from the text of a comment; ok is false for any
// other comment. What is wrong with an ignore is for ignoreFindings to say:
// none is passed over.
func parseIgnore(text string) (ig ignore, wholeFile, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), ignoreWord)
	if !ok {
		return ignore{}, false, false
	}
	rest, wholeFile = strings.CutPrefix(rest, "-file")
	names, reason, _ := strings.Cut(rest, "--")
	ig.rules = strings.FieldsFunc(names, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	ig.reason = strings.TrimSpace(reason)
	ig.by = "ignore"
	return ig, wholeFile, true
}

// ignoresOf lists the ignores that a document holds: comments, annotations of
// Kubernetes objects, and in templates the comments member and
// metadata.aksnetlint.ignore of any object.
func ignoresOf(doc document) []*ignore {
	var list []*ignore
	for _, comment := range doc.Comments {
		ig, wholeFile, ok := parseIgnore(comment.Text)
		if !ok {
			continue
		}
		ig.place = placeOf(doc.File, comment.Span)
		ig.coverComment(doc.Document, comment, wholeFile)
		list = append(list, &ig)
	}
	switch doc.class {
	case manifest:
		for _, o := range doc.objects {
			list = append(list, annotationIgnores(o)...)
		}
	case template:
		list = memberIgnores(list, doc.Document, doc.Root, 0)
	}
	return list
}

// coverComment makes the ignore cover what a comment is about: its own line where
// it stands behind something; else the block that begins below it; the whole
// document where that is its first block.
func (ig *ignore) coverComment(doc *source.Document, comment source.Comment, wholeFile bool) {
	line := doc.File.Position(comment.Span.Start).Line
	ig.coverLines(line, line)
	switch {
	case wholeFile:
		ig.coverLines(1, doc.File.Lines())
	case !comment.OwnLine:
	case doc.Root.Span.Start >= comment.Span.End:
		ig.cover(doc.File, doc.Root.Span)
	default:
		if from, to, ok := blockBelow(doc.File, doc.Root, comment.Span.End); ok {
			ig.cover(doc.File, source.Span{Start: from, End: to})
		}
	}
}

// blockBelow finds the outermost member or element that begins first after an offset.
func blockBelow(file *source.File, node *source.Node, offset int) (from, to int, ok bool) {
	for _, f := range node.Fields {
		if f.NameSpan.Start >= offset {
			return f.NameSpan.Start, f.Value.Span.End, true
		}
		if f.Value.Span.End > offset && f.Value.Alias == (source.Span{}) {
			return blockBelow(file, f.Value, offset)
		}
	}
	for _, item := range node.Items {
		if item.Span.Start >= offset {
			return item.Span.Start, item.Span.End, true
		}
		if item.Span.End > offset && item.Alias == (source.Span{}) {
			return blockBelow(file, item, offset)
		}
	}
	return 0, 0, false
}

// annotationPrefix begins the annotations by which a Kubernetes object ignores
// a rule; the value is the reason.
const annotationPrefix = "ignore.aksnetlint.io/"

func annotationIgnores(o object) []*ignore {
	annotations := get(o.node.Get("metadata"), "annotations")
	if annotations == nil {
		return nil
	}
	var list []*ignore
	for _, f := range annotations.Fields {
		rule, ok := strings.CutPrefix(f.Name, annotationPrefix)
		if !ok {
			continue
		}
		ig := &ignore{rules: []string{rule}, by: "annotation", place: placeOf(o.doc.File, f.NameSpan)}
		if f.Value.Kind == source.String {
			ig.reason = strings.TrimSpace(f.Value.Text)
		}
		ig.cover(o.doc.File, o.node.Span)
		list = append(list, ig)
	}
	return list
}

// maxIgnoreDepth bounds the search for ignores inside a template.
const maxIgnoreDepth = 256

// memberIgnores finds the ignores of strict JSON, which has no comments.
func memberIgnores(list []*ignore, doc *source.Document, node *source.Node, depth int) []*ignore {
	if depth > maxIgnoreDepth {
		return list
	}
	if node.Kind == source.Object {
		if comments := node.GetFold("comments"); isText(comments) {
			if ig, _, ok := parseIgnore(comments.Text); ok {
				ig.place = placeOf(doc.File, comments.Span)
				ig.cover(doc.File, node.Span)
				list = append(list, &ig)
			}
		}
		if rules := get(get(get(node, "metadata"), "aksnetlint"), "ignore"); rules != nil {
			for _, f := range rules.Fields {
				ig := &ignore{rules: []string{f.Name}, by: "ignore", place: placeOf(doc.File, f.NameSpan)}
				ig.cover(doc.File, node.Span)
				if f.Value.Kind == source.String {
					ig.reason = strings.TrimSpace(f.Value.Text)
				}
				list = append(list, ig)
			}
		}
	}
	for _, f := range node.Fields {
		list = memberIgnores(list, doc, f.Value, depth+1)
	}
	for _, item := range node.Items {
		list = memberIgnores(list, doc, item, depth+1)
	}
	return list
}

// applyIgnores moves the findings that an ignore covers to suppressed, and adds
// findings about ignores without a reason, for unknown rules and with nothing
// to ignore.
func (r *run) applyIgnores(findings []Finding, ignores []*ignore) (kept []Finding, suppressed []Suppressed) {
	for i := range findings {
		f := findings[i]
		if ig := coveringIgnore(&f, ignores); ig != nil {
			suppressed = append(suppressed, Suppressed{Finding: f, By: ig.by, Reason: ig.reason})
			continue
		}
		kept = append(kept, f)
	}
	for _, ig := range ignores {
		kept = append(kept, r.ignoreFindings(ig)...)
	}
	return kept, suppressed
}

// coveringIgnore finds the ignore for a finding and marks it as used. One
// without a reason ignores nothing.
func coveringIgnore(f *Finding, ignores []*ignore) *ignore {
	for _, ig := range ignores {
		if rule, ok := ig.covers(f); ok {
			if ig.used == nil {
				ig.used = map[string]bool{}
			}
			ig.used[rule] = true
			if ig.reason != "" {
				return ig
			}
		}
	}
	return nil
}

func (r *run) ignoreFindings(ig *ignore) []Finding {
	var findings []Finding
	if len(ig.rules) == 0 {
		return []Finding{r.finding(ruleIgnoreReason, "ignore names no rule: write aksnetlint:ignore RULE -- REASON", ig.place)}
	}
	if ig.reason == "" {
		findings = append(findings, r.finding(ruleIgnoreReason, "ignore gives no reason and is not in force: write aksnetlint:ignore RULE -- REASON", ig.place))
	}
	for _, rule := range ig.rules {
		switch {
		case r.byID[rule] == nil:
			findings = append(findings, r.finding(ruleUnusedIgnore, fmt.Sprintf("ignore names no known rule: %q%s", cut(rule, 100), DidYouMean(rule, r.ruleIDs())), ig.place))
		case !ig.used[rule] && !r.stopped && !r.isUndecided(rule, ig.place.File):
			findings = append(findings, r.finding(ruleUnusedIgnore, fmt.Sprintf("ignore has nothing to ignore: %s has no finding here", rule), ig.place))
		}
	}
	return findings
}

// isUndecided says whether a rule may yet have a finding in a file: what hangs
// on unknown values does not make an ignore stale.
func (r *run) isUndecided(rule, file string) bool {
	return slices.ContainsFunc(r.undecided, func(u Undecided) bool { return u.Rule == rule && u.File == file })
}

func (r *run) ruleIDs() []string {
	ids := make([]string, len(r.rules))
	for i, rule := range r.rules {
		ids[i] = rule.ID
	}
	return ids
}
