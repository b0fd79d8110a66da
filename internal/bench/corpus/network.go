package corpus

import "fmt"

// exposure is where a Service can be reached from.
type exposure int

const (
	exposureCluster exposure = iota
	exposureHeadless
	exposureInternal
	exposurePublic
)

const internalAnnotation = "service.beta.kubernetes.io/azure-load-balancer-internal"

// service leads to the pods of the application, or, now and then, to those of
// the application in the file before or to none.
func (m *manifest) service(exposure exposure) object {
	metadata := []field{{"labels", m.labels()}}
	if annotations := m.annotations(exposure); len(annotations) > 0 {
		metadata = append(metadata, field{"annotations", annotations})
	}
	target, namespaced := m.app, true
	switch n := m.between(1, 100); {
	case n <= 5:
		namespaced = false
	case n <= 10 && m.index > 0:
		target = appName(m.seed, m.index-1)
	}
	selector := object{{"app.kubernetes.io/name", target}}
	if !namespaced {
		selector = object{{"app.kubernetes.io/name", m.word() + "-elsewhere"}}
	}
	spec := object{}
	switch exposure {
	case exposureHeadless:
		spec = object{{"clusterIP", "None"}}
	case exposureInternal, exposurePublic:
		spec = object{{"type", "LoadBalancer"}}
		if m.chance(25) {
			spec = spec.with(field{"externalTrafficPolicy", pick(m.dice, "Local", "Cluster")})
		}
		if exposure == exposurePublic && m.chance(15) {
			spec = spec.with(field{"loadBalancerSourceRanges", texts(
				fmt.Sprintf("203.0.113.%d/32", m.between(1, 254)), fmt.Sprintf("198.51.100.%d/32", m.between(1, 254)))})
		}
	case exposureCluster:
		if m.chance(40) {
			spec = object{{"type", "ClusterIP"}}
		}
	}
	return m.object("v1", "Service", m.app, metadata...).with(
		field{"spec", spec.with(field{"selector", selector}, field{"ports", m.servicePorts()})})
}

// annotations are those of a Service. One public load balancer in thirty is
// so because of a value that was meant to make it internal.
func (m *manifest) annotations(exposure exposure) object {
	switch {
	case exposure == exposureInternal:
		annotations := object{{internalAnnotation, "true"}}
		if m.chance(30) {
			annotations = annotations.with(field{internalAnnotation + "-subnet", m.word() + "-ingress"})
		}
		return annotations
	case exposure == exposurePublic && m.chance(3):
		return object{{internalAnnotation, pick(m.dice, "True", "yes", "enabled")}}
	case exposure == exposurePublic && m.chance(20):
		return object{{"service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout", fmt.Sprint(m.between(4, 30))}}
	case m.chance(8):
		return object{{"description", m.sentence(m.between(6, 20))}}
	}
	return nil
}

func (m *manifest) servicePorts() list {
	ports := list{object{{"name", "http"}, {"port", pick(m.dice, 80, 8080, 443)}, {"targetPort", "http"}}}
	if m.chance(30) {
		ports = append(ports, object{{"name", "metrics"}, {"port", 9102}, {"targetPort", "metrics"}, {"protocol", "TCP"}})
	}
	return ports
}

func (m *manifest) route() []object {
	documents := []object{m.ingress()}
	if m.chance(60) {
		documents = append(documents, m.service(exposureCluster))
	}
	return documents
}

func (m *manifest) ingress() object {
	host := fmt.Sprintf("%s.%s.example", m.app, m.word())
	backend := object{{"service", object{{"name", m.app}, {"port", object{{"name", "http"}}}}}}
	paths := list{}
	for range m.between(1, 4) {
		paths = append(paths, object{{"path", "/" + m.word()}, {"pathType", "Prefix"}, {"backend", backend}})
	}
	return m.object("networking.k8s.io/v1", "Ingress", m.app, field{"annotations", object{
		{"cert-manager.io/cluster-issuer", "internal-ca"},
		{"example.com/owner", m.sentence(m.between(3, 16))},
	}}).with(field{"spec", object{
		{"ingressClassName", pick(m.dice, "edge", "traefik")},
		{"tls", list{object{{"hosts", texts(host)}, {"secretName", m.app + "-tls"}}}},
		{"rules", list{object{{"host", host}, {"http", object{{"paths", paths}}}}}},
	}})
}

func (m *manifest) isolation() []object {
	documents := []object{}
	for i := range m.between(1, 2) {
		from := list{object{{"podSelector", object{{"matchLabels", object{{"app.kubernetes.io/name", m.word()}}}}}}}
		if m.chance(50) {
			from = append(from, object{{"namespaceSelector", object{{"matchLabels", object{{"kubernetes.io/metadata.name", m.word()}}}}}})
		}
		documents = append(documents, m.object("networking.k8s.io/v1", "NetworkPolicy", fmt.Sprintf("%s-%d", m.app, i)).with(field{"spec", object{
			{"podSelector", object{{"matchLabels", object{{"app.kubernetes.io/name", m.app}}}}},
			{"policyTypes", texts("Ingress")},
			{"ingress", list{object{{"from", from}, {"ports", list{object{{"protocol", "TCP"}, {"port", 8080}}}}}}},
		}}))
	}
	return documents
}
