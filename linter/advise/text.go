package advise

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aksnetlint/aksnetlint/linter"
)

// WriteJSON writes the advice as JSON, with what is wrong with the files.
func WriteJSON(w io.Writer, clusters []Cluster, report *linter.Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Clusters []Cluster        `json:"clusters"`
		Findings []linter.Finding `json:"findings"`
		Skipped  []linter.Skipped `json:"skipped"`
	}{clusters, report.Findings, report.Skipped})
}

// WriteProblems writes what is wrong with the files, one line each.
func WriteProblems(w io.Writer, report *linter.Report) error {
	for _, f := range report.Findings {
		if _, err := fmt.Fprintf(w, "%s:%d:%d: %s: %s\n", clean(f.File), f.Line, f.Column, f.Severity, clean(f.Message)); err != nil {
			return err
		}
	}
	return nil
}

// WriteText writes a table for each cluster.
func WriteText(w io.Writer, clusters []Cluster) error {
	if len(clusters) == 0 {
		_, err := fmt.Fprintln(w, "no AKS cluster found")
		return err
	}
	var b strings.Builder
	for i, c := range clusters {
		if i > 0 {
			b.WriteString("\n")
		}
		c.write(&b)
	}
	b.WriteString("\nnow, full, upgrade: addresses of the virtual network at deployment, at full scale, and while\n" +
		"that is upgraded (nodes + pods where pods have a subnet of their own). > is what the template\n" +
		"says, * what it allows for other parameter values, ? what cannot be known before deployment.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (c Cluster) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s: cluster %s", clean(c.File), clean(c.Name))
	if c.Deployment != "" {
		fmt.Fprintf(b, " with %s", clean(c.Deployment))
	}
	b.WriteString("\n\n")
	rows := [][]string{{"", "network", "pods are reached from", "now", "full", "upgrade", "room at upgrade"}}
	for _, p := range c.Plans {
		rows = append(rows, []string{c.mark(p.Mode), p.Title, p.Reach, p.count(0), p.count(1), p.count(2), p.room()})
	}
	writeTable(b, rows)
	c.writeSubnets(b)
	b.WriteString("\n")
	for _, note := range c.Notes {
		fmt.Fprintf(b, "  %s\n", note)
	}
	for _, a := range c.Allowed {
		fmt.Fprintf(b, "  * %s: when %s\n", c.title(a.Mode), conditions(a.When))
	}
	for _, p := range c.Plans {
		if len(p.Against) > 0 {
			fmt.Fprintf(b, "  against %s: %s\n", p.Title, clean(strings.Join(p.Against, "; ")))
		}
	}
	c.writeMoves(b)
	if c.Cilium.Value != nil {
		fmt.Fprintf(b, "  Cilium dataplane: %s\n", c.Cilium)
	}
	for _, line := range c.Recommended {
		fmt.Fprintf(b, "  if %s\n", line)
	}
	for _, m := range c.Missing {
		fmt.Fprintf(b, "  ? %s: %s%s\n", clean(m.Expression), clean(m.Reason), settle(m))
	}
}

// mark is the sign before a way.
func (c Cluster) mark(mode string) string {
	if c.Current.Value == mode {
		return ">"
	}
	for _, a := range c.Allowed {
		if a.Mode == mode {
			return "*"
		}
	}
	return " "
}

func (c Cluster) title(mode string) string {
	for _, p := range c.Plans {
		if p.Mode == mode {
			return p.Title
		}
	}
	return mode
}

// count is a number of addresses: at deployment, at full scale, or in an upgrade.
func (p Plan) count(stage int) string {
	words := p.Nodes.at(stage).String()
	if p.Pods != nil {
		words += "+" + p.Pods.at(stage).String()
	}
	return words
}

func (a Addresses) at(stage int) Cell { return [...]Cell{a.Now, a.Full, a.Upgrade}[stage] }

// room says for each node subnet whether an upgrade fits, and what else it takes.
func (p Plan) room() string {
	var parts []string
	for _, r := range p.Rooms {
		name := r.Subnet
		if name == "" {
			name = "subnet"
		}
		switch r.Fits.Value {
		case true:
			parts = append(parts, name+" yes")
		case false:
			parts = append(parts, fmt.Sprintf("%s no: %s of %s, %s", name, r.Needed, r.Has, r.WouldDo))
		default:
			parts = append(parts, name+" ?")
		}
	}
	if needs, ok := p.Needs.Value.(string); ok {
		parts = append(parts, "needs "+needs)
	}
	return clean(strings.Join(parts, ", "))
}

func (c Cluster) writeSubnets(b *strings.Builder) {
	if len(c.Subnets) == 0 {
		return
	}
	b.WriteString("\n")
	rows := [][]string{{"", "subnet", "range", "has", "taken at upgrade", "left"}}
	for _, s := range c.Subnets {
		rows = append(rows, []string{" ", clean(s.Name), clean(s.Range), s.Has.String(), s.Needed.String(), left(s)})
	}
	writeTable(b, rows)
}

// left is what a subnet still has, ? where that is not known.
func left(s Subnet) string {
	has, ok := number(s.Has)
	needed, known := number(s.Needed)
	if !ok || !known {
		return "?"
	}
	return fmt.Sprint(has - needed)
}

func number(c Cell) (int64, bool) {
	n, ok := c.Value.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return i, err == nil
}

// writeMoves writes the ways to the other plans; those that need a new cluster
// share a line.
func (c Cluster) writeMoves(b *strings.Builder) {
	var rebuilt []string
	for _, p := range c.Plans {
		switch move := p.Move.Value; {
		case move == nil || c.Current.Value == p.Mode:
		case move == "new cluster":
			rebuilt = append(rebuilt, p.Title)
		default:
			fmt.Fprintf(b, "  to %s: %s\n", p.Title, p.Move)
		}
	}
	if len(rebuilt) > 0 {
		fmt.Fprintf(b, "  to %s: new cluster\n", strings.Join(rebuilt, ", "))
	}
}

func conditions(when []linter.Condition) string {
	var parts []string
	for _, c := range when {
		var values []string
		for _, v := range c.Values {
			text, _ := json.Marshal(v)
			values = append(values, string(text))
		}
		parts = append(parts, fmt.Sprintf("parameters('%s') is %s", clean(c.Parameter), clean(strings.Join(values, " or "))))
	}
	return strings.Join(parts, " and ")
}

func settle(m linter.Missing) string {
	if m.Settle == "" {
		return ""
	}
	return " (" + clean(m.Settle) + ")"
}

// writeTable writes rows in columns; the first row is the heading. Columns of
// numbers stand to the right.
func writeTable(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	right := map[string]bool{"now": true, "full": true, "upgrade": true, "has": true, "taken at upgrade": true, "left": true}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			switch {
			case i == 0:
				line.WriteString(cell + pad + " ")
			case right[rows[0][i]]:
				line.WriteString(pad + cell + "  ")
			default:
				line.WriteString(cell + pad + "  ")
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// clean keeps text of the inputs from steering a terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\ufffd'
		}
		return r
	}, s)
}
