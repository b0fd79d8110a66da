package main

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   float64
	}{
		{nil, 0},
		{[]float64{7}, 7},
		{[]float64{9, 1, 5}, 5},
		{[]float64{4, 1, 3, 2}, 2.5},
	} {
		before := slices.Clone(test.values)
		if got := median(test.values); got != test.want {
			t.Errorf("median(%v) = %v, want %v", test.values, got, test.want)
		}
		if !slices.Equal(before, test.values) {
			t.Errorf("median changed %v to %v", before, test.values)
		}
	}
}

// TestRatio holds that the ratio is the median of those of the rounds, which is
// not that of the medians.
func TestRatio(t *testing.T) {
	r := result{own: samplesOf(10, 30, 90), conftest: samplesOf(100, 30, 180)}
	if got := r.ratio(wall); got != 0.5 {
		t.Errorf("ratio %v, want the middle one of 0.1, 1 and 0.5", got)
	}
	if got := r.ratio(cpu); got != 0.5 {
		t.Errorf("cpu ratio %v, want 0.5", got)
	}
}

// samplesOf has a sample for each number of milliseconds of time, twice as
// many of CPU, and as many MB of memory.
func samplesOf(milliseconds ...int) []sample {
	var samples []sample
	for _, ms := range milliseconds {
		d := time.Duration(ms) * time.Millisecond
		samples = append(samples, sample{Wall: d, CPU: 2 * d, Memory: int64(ms) * 1e6})
	}
	return samples
}

func TestGrowth(t *testing.T) {
	if got := exponent(1000, 10_000, 50, 500); math.Abs(got-1) > 1e-9 {
		t.Errorf("ten times the time for ten times the files has exponent %v, want 1", got)
	}
	if got := exponent(1000, 10_000, 50, 5000); math.Abs(got-2) > 1e-9 {
		t.Errorf("a hundred times the time for ten times the files has exponent %v, want 2", got)
	}
	if _, ok := growth(fakeResults(t)[:1], ownSamples); ok {
		t.Error("there is no growth from one case")
	}
}

func TestVerdict(t *testing.T) {
	for _, test := range []struct {
		figure, must, stretch float64
		want                  string
	}{
		{0.1201, 0.12, 0.06, "missed"},
		{0.12, 0.12, 0.06, "must"},
		{0.0601, 0.12, 0.06, "must"},
		{0.06, 0.12, 0.06, "stretch"},
		{1.05, 1.05, 0, "must"},
		{3, 0, 0, ""},
	} {
		if got := verdict(test.figure, test.must, test.stretch); got != test.want {
			t.Errorf("verdict(%v, %v, %v) = %q, want %q", test.figure, test.must, test.stretch, got, test.want)
		}
	}
}

// fakeResults are the cases that growth and memory come from.
func fakeResults(t *testing.T) []result {
	t.Helper()
	chosen, err := findCases([]string{"k8s-1000", " k8s-10000"})
	if err != nil {
		t.Fatal(err)
	}
	return []result{
		{benchCase: chosen[0], size: 1_600_000, own: samplesOf(40, 50, 60), conftest: samplesOf(1000, 1000, 1000), ownFound: 118, conftestFound: 118},
		{benchCase: chosen[1], size: 16_000_000, own: samplesOf(120, 110, 100), conftest: samplesOf(10_000, 10_000, 10_000), ownFound: 7, conftestFound: 8},
	}
}

func TestTables(t *testing.T) {
	const want = `case       files  MB    aksnetlint ms  cpu ms  MB peak  conftest ms  cpu ms  MB peak  ratio  cpu ratio  found  by conftest  rounds
k8s-1000   1000   1.60  50.0           100     50.0     1000         2000    1000     0.050  0.050      118    118          3
k8s-10000  10000  16.0  110            220     110      10000        20000   10000    0.011  0.011      7      8            3

what                                      measured  must   stretch  reached
k8s-1000, time as a share of conftest's   0.050     0.120  0.060    stretch
k8s-10000, time as a share of conftest's  0.011     0.100  0.040    stretch
k8s-10000, peak memory in MB              110       150    60       must
growth exponent from k8s-1000 to k8s-10000  0.34    1.05            must
`
	got := textTable(fakeResults(t))
	if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	markdown := markdownTables(fakeResults(t))
	for _, line := range []string{
		"| k8s-10000, peak memory in MB | 110 | 150 | 60 | must |\n",
		"k8s-10000: aksnetlint finds 7 of what conftest's rule is about, conftest 8.\n",
		"conftest's own growth exponent from k8s-1000 to k8s-10000 is 1.00.\n",
	} {
		if !strings.Contains(markdown, line) {
			t.Errorf("no line %q in\n%s", line, markdown)
		}
	}
}

func TestReplaceMarked(t *testing.T) {
	page := "above\n" + markBegin + "old\n" + markEnd + "below\n"
	once, err := replaceMarked([]byte(page), "new")
	if err != nil {
		t.Fatal(err)
	}
	if want := "above\n" + markBegin + "\nnew\n\n" + markEnd + "below\n"; string(once) != want {
		t.Errorf("got %q, want %q", once, want)
	}
	if twice, err := replaceMarked(once, "new"); err != nil || string(twice) != string(once) {
		t.Errorf("a second time it writes %q, %v", twice, err)
	}
	for _, page := range []string{"nothing", markEnd + markBegin} {
		if _, err := replaceMarked([]byte(page), "new"); err == nil {
			t.Errorf("no error for %q", page)
		}
	}
}

// TestPage holds that the tables have a place in the page of the docs.
func TestPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "performance.md"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := replaceMarked(page, ""); err != nil {
		t.Error(err)
	}
}

// TestCases holds that each case has a corpus and a rule.
func TestCases(t *testing.T) {
	for _, c := range cases {
		if c.corpus.Files == 0 {
			t.Errorf("%s: no such corpus", c.path)
		}
		if entries, err := policies.ReadDir("policy/" + c.policy); err != nil || len(entries) != 1 {
			t.Errorf("%s: %d rules in policy/%s, %v", c.path, len(entries), c.policy, err)
		}
		if c.roundsOf(1) < 1 {
			t.Errorf("%s: no rounds", c.path)
		}
	}
	if _, err := findCases([]string{"tiny", "huge"}); err == nil || !strings.Contains(err.Error(), `"huge"`) {
		t.Errorf("an unknown case gives %v", err)
	}
}

// TestMain makes this program one that exits with a code, for TestMeasure.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "exit" {
		code, err := strconv.Atoi(os.Args[2])
		if err != nil {
			panic(err)
		}
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// TestMeasure measures a Go program: this one, without tests.
func TestMeasure(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := measure(t.Context(), []string{self, "exit", "0"}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"Code":0`) || strings.Contains(out.String(), `"Wall":0,`) {
		t.Errorf("measured %s", out.String())
	}
	out.Reset()
	if err := measure(t.Context(), []string{self, "exit", "2"}, &out); err != nil || !strings.Contains(out.String(), `"Code":2`) {
		t.Errorf("a program that exits with 2 gives %s, %v", out.String(), err)
	}
	if err := measure(t.Context(), []string{filepath.Join(t.TempDir(), "missing")}, &out); err == nil {
		t.Error("no error for a program that does not exist")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := measure(stopped, []string{self, "exit", "0"}, &out); err == nil {
		t.Error("no error for a run that is stopped")
	}
}
