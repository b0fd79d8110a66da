package corpus

import "fmt"

// customKinds are kinds that no cluster has by itself.
var customKinds = []struct{ apiVersion, kind string }{
	{"pipelines.bench.example/v1", "Pipeline"},
	{"pipelines.bench.example/v1", "PipelineRun"},
	{"storage.bench.example/v1beta1", "Bucket"},
	{"queues.bench.example/v2", "Topic"},
	{"queues.bench.example/v2", "Subscription"},
	{"certificates.bench.example/v1", "Certificate"},
	{"monitoring.bench.example/v1", "AlertRule"},
	{"monitoring.bench.example/v1", "ServiceMonitor"},
	{"features.bench.example/v1alpha1", "FeatureFlag"},
}

// custom is a file of custom objects.
func (m *manifest) custom() []object {
	documents := []object{}
	for i := range m.between(1, 3) {
		kind := pick(m.dice, customKinds...)
		spec := object{{"description", m.sentence(m.between(5, 40))}}
		documents = append(documents, m.object(kind.apiVersion, kind.kind, fmt.Sprintf("%s-%d", m.app, i), field{"labels", m.labels()}).with(
			field{"spec", append(spec, m.anything(3)...)}))
	}
	return documents
}

// anything is a mapping of no meaning, so many levels deep at most. The
// numbers in its keys keep them apart.
func (m *manifest) anything(depth int) object {
	o := object{}
	for i := range m.between(2, 4) {
		key := fmt.Sprintf("%s%d", m.word(), i)
		switch n := m.between(1, 10); {
		case n <= 3 && depth > 0:
			o = o.with(field{key, m.anything(depth - 1)})
		case n == 4 && depth > 0:
			o = o.with(field{key, list{m.anything(depth - 1), m.anything(depth - 1)}})
		case n == 5:
			o = o.with(field{key, texts(m.word(), m.word(), m.letters(6))})
		case n == 6:
			o = o.with(field{key, m.chance(50)})
		case n == 7:
			o = o.with(field{key, m.between(0, 100_000)})
		default:
			o = o.with(field{key, m.letters(m.between(4, 24))})
		}
	}
	return o
}
