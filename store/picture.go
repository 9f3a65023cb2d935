package store

import (
	"context"

	"broadsheet/internal/news"
)

// SavePicture stores what is known of a picture under its key, new or changed,
// and sets its ID. The files are elsewhere.
func (db *DB) SavePicture(ctx context.Context, p *news.Picture) error {
	return db.Atomically(ctx, func(tx *DB) error {
		return tx.get(ctx, &p.ID, `INSERT INTO pictures (key, format, width, height, widths)
			VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET format = excluded.format, width = excluded.width,
				height = excluded.height, widths = excluded.widths
			RETURNING id`, p.Key, p.Format, p.Width, p.Height, p.Widths)
	})
}

// pictures returns pictures by their ids.
func (db *DB) pictures(ctx context.Context, ids []int64) (map[int64]*news.Picture, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []news.Picture
	err := db.listText(ctx, &rows, new(sqlText).add(`SELECT id, key, format, width, height, widths
		FROM pictures WHERE`).addIDs(`id IN`, ids))
	return byID(rows, func(p *news.Picture) int64 { return p.ID }), err
}
