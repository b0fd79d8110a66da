package linter

import "context"

// separate says whether each template can be judged without a look at what was read
// beside it: there are no manifests, which belong to the only cluster of all templates,
// and no template deploys another.
func separate(documents []document) bool {
	for _, doc := range documents {
		switch doc.class {
		case manifest, helmValues:
			return false
		case template:
			if holdsFold(doc.File.Text, "templateLink") {
				return false
			}
		}
	}
	return true
}

// judgeSeparately evaluates and judges one template after the other: what one
// deploys is let go before the next is evaluated.
func (r *run) judgeSeparately(ctx context.Context, documents []document) error {
	deployments, err := r.deployments(ctx, documents)
	if err != nil {
		return err
	}
	ws, err := newWorkspace(ctx, r, documents, nil)
	if err != nil {
		return err
	}
	explored := make([]*explorer, len(deployments))
	err = r.inStage(ctx, "judging templates", len(deployments), func(i int) error {
		err := r.expandBase(ctx, deployments[i])
		if err == nil {
			explored[i], err = r.explore(ctx, deployments[i], ws)
		}
		return err
	})
	// A name may be written so that no search in the text finds it.
	covered := r.coveredByLinks(deployments)
	for i, d := range deployments {
		if !covered[d] {
			r.merge(explored[i])
		}
	}
	return err
}
