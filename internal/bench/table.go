package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// timesHead and limitsHead are the columns of the two tables.
var (
	timesHead = []string{"case", "files", "MB", "aksnetlint ms", "cpu ms", "MB peak", "conftest ms", "cpu ms", "MB peak",
		"ratio", "cpu ratio", "found", "by conftest", "rounds"}
	limitsHead = []string{"what", "measured", "must", "stretch", "reached"}
)

func timesRows(results []result) [][]string {
	var rows [][]string
	for _, r := range results {
		row := []string{r.corpus.Name, fmt.Sprint(r.corpus.Files), figure(float64(r.size) / 1e6)}
		for _, samples := range [][]sample{r.own, r.conftest} {
			row = append(row, figure(medianOf(samples, wall)), figure(medianOf(samples, cpu)), figure(medianOf(samples, memory)/1e6))
		}
		rows = append(rows, append(row, fmt.Sprintf("%.3f", r.ratio(wall)), fmt.Sprintf("%.3f", r.ratio(cpu)),
			fmt.Sprint(r.ownFound), fmt.Sprint(r.conftestFound), fmt.Sprint(len(r.own))))
	}
	return rows
}

func limitsRows(results []result) [][]string {
	var rows [][]string
	for _, r := range results {
		if r.must > 0 {
			rows = append(rows, limitsRow(r.corpus.Name+", time as a share of conftest's", "%.3f", r.ratio(wall), r.must, r.stretch))
		}
	}
	if r, ok := resultOf(results, memoryCase); ok {
		rows = append(rows, limitsRow(memoryCase+", peak memory in MB", "%.0f", medianOf(r.own, memory)/1e6, memoryMust/1e6, memoryStretch/1e6))
	}
	if k, ok := growth(results, ownSamples); ok {
		rows = append(rows, limitsRow("growth exponent from "+growthFrom+" to "+growthTo, "%.2f", k, growthMust, 0))
	}
	return rows
}

func limitsRow(what, format string, measured, must, stretch float64) []string {
	row := []string{what, fmt.Sprintf(format, measured), fmt.Sprintf(format, must), "", verdict(measured, must, stretch)}
	if stretch > 0 {
		row[3] = fmt.Sprintf(format, stretch)
	}
	return row
}

// figure has three digits where it is small and no fraction where it is large.
func figure(f float64) string {
	switch {
	case f >= 100:
		return fmt.Sprintf("%.0f", f)
	case f >= 10:
		return fmt.Sprintf("%.1f", f)
	case f >= 0.01:
		return fmt.Sprintf("%.2f", f)
	}
	return fmt.Sprintf("%.4f", f)
}

// notes are what the tables do not say.
func notes(results []result) string {
	var b strings.Builder
	if k, ok := growth(results, conftestSamples); ok {
		fmt.Fprintf(&b, "conftest's own growth exponent from %s to %s is %.2f.\n", growthFrom, growthTo, k)
	}
	for _, r := range results {
		if r.ownFound != r.conftestFound {
			fmt.Fprintf(&b, "%s: aksnetlint finds %d of what conftest's rule is about, conftest %d.\n", r.corpus.Name, r.ownFound, r.conftestFound)
		}
	}
	return b.String()
}

// textTable is both tables for a terminal.
func textTable(results []result) string {
	var b strings.Builder
	for i, table := range tables(results) {
		if i > 0 {
			b.WriteByte('\n')
		}
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, row := range table {
			fmt.Fprintln(w, strings.Join(row, "\t"))
		}
		// Writing to memory cannot fail.
		_ = w.Flush()
	}
	return b.String()
}

// tables are the rows of both tables, their heads first.
func tables(results []result) [][][]string {
	return [][][]string{
		append([][]string{timesHead}, timesRows(results)...),
		append([][]string{limitsHead}, limitsRows(results)...),
	}
}
