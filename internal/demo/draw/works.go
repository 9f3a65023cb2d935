package main

import "math"

// millNight is a tall mill beside its canal, every floor at work at night.
func millNight(c *Canvas) {
	const y = 640.0
	c.Sky(y, hex(0x0c1730), hex(0x1a2a48), hex(0x38496a), hex(0x5f6a80))
	c.Stars(160, 420, hex(0xe6ecff))
	c.Fill(circle(1010, 140, 34), hex(0xf6efd8), 1)
	c.Glow(1010, 140, 220, hex(0xdfe2d8), .5)
	c.Clouds(-20, 520, 420, 60, .35, hex(0x77829a), hex(0x202f4c), .7, 1010, 140)
	c.Fill(c.ridge(560, 30, 300, 3), hex(0x2a3a56), 1)
	brick := hex(0x33283a)
	front := quad{{150, 130}, {760, 214}, {760, y}, {150, y}}
	side := quad{{150, 130}, {20, 196}, {20, y}, {150, y}}
	tower := quad{{760, 76}, {850, 92}, {850, y}, {760, y}}
	c.Fill(rect(905, 300, 40, y-300).and(rect(899, 294, 52, 12)), hex(0x241f30), 1)
	c.Fill(poly(896, y, 910, 190, 940, 190, 954, y).and(rect(904, 182, 42, 14)), across(896, 954, hex(0x4a3c4a), hex(0x231d2d)), 1)
	c.Fill(side.box(0, 0, 1, 1), down(130, y, hex(0x211b2b), hex(0x2c2230)), 1)
	c.Fill(front.box(0, 0, 1, 1), down(130, y, brick, hex(0x4a3538)), 1)
	c.Fill(tower.box(0, 0, 1, 1), down(80, y, hex(0x3c2f40), hex(0x4f3a3c)), 1)
	c.Fill(poly(752, 80, 805, 12, 858, 96), hex(0x1d2a33), 1)
	for i := range 26 {
		v := float64(i) / 26
		c.Fill(front.box(0, v, 1, v+.003), hex(0x1a1420), .3)
	}
	warm := Paint(hex(0xffcd7e))
	for j := range 7 {
		for i := range 13 {
			u, v := (float64(i)+.5)/13, (float64(j)+.62)/7.2
			a, b := front.at(u, v-.04), front.at(u, v+.052)
			w := 25.0
			win := arch(a.X, b.Y, w, b.Y-a.Y-6, 8)
			c.Fill(arch(a.X, b.Y+3, w+8, b.Y-a.Y-4, 11), hex(0x6a4c48), 1)
			if c.r(0, 1) < .84 {
				c.Fill(win, down(a.Y, b.Y, hex(0xffe2a2), hex(0xf0ab55)), c.r(.8, 1))
			} else {
				c.Fill(win, hex(0x1b2236), 1)
			}
			c.Fill(rect(a.X-.8, a.Y-6, 1.6, b.Y-a.Y+6).and(rect(a.X-w/2, (a.Y+b.Y)/2, w, 1.6)), hex(0x33283a), 1)
		}
	}
	c.Windows(side, 4, 7, .34, .5, .5, warm, hex(0x161a2a))
	c.Windows(tower, 1, 8, .3, .4, .9, warm, hex(0x161a2a))
	c.Fill(stroke(7, points(148, 128, 762, 212)), hex(0x5d4a50), 1)
	// Sheds and the towpath to the right.
	for i := range 4 {
		x := 850 + 92*float64(i)
		c.Fill(poly(x, y, x, 560, x+22, 516, x+92, 560, x+92, y), hex(0x2a2433), 1)
		c.Fill(poly(x+3, 560, x+22, 520, x+22, 560), hex(0xf3bb6c), .8)
	}
	c.Lamp(1120, y+2, 120, hex(0x10131f), hex(0xffdf9c), .8)
	c.Fill(rect(0, y-12, sheetW, 14), hex(0x161824), 1)
	c.Reflect(y, 800, 4.2, hex(0x101a30), .55)
	c.Line(hex(0x3a3c48), .8, 3, 0, y+1, sheetW, y+1)
	hull := ring(curve(points(820, 716, 860, 738, 1150, 742, 1230, 722, 1230, 766, 860, 764, 820, 716)))
	c.Fill(hull, hex(0x13221f), 1)
	c.Fill(round(900, 690, 260, 52, 6), hex(0x4f2226), 1)
	for i := range 4 {
		c.Fill(circle(940+54*float64(i), 716, 11), hex(0xffd894), 1)
		c.GlowE(940+54*float64(i), 776, 22, 26, hex(0xffc46e), .4)
	}
	c.Bloom(.66, 18, .38)
	c.Vignette(.35)
}

// millChimney is a tall chimney over saw-toothed sheds with the sun behind it.
func millChimney(c *Canvas) {
	c.Sky(800, hex(0x7aa7b8), hex(0xb9cfc4), hex(0xf6e3b2), hex(0xf9c98a), hex(0xf2b27c))
	c.Glow(742, 330, 560, hex(0xfff1c0), .9)
	c.Clouds(-60, 620, 480, 80, .5, hex(0xfff0cf), hex(0xb3a99a), .85, 742, 330)
	c.Fill(circle(742, 330, 50), hex(0xfffbe6), 1)
	c.Glow(742, 330, 200, hex(0xfff3c8), .9)
	for i, col := range []uint32{0xd9a982, 0xb58a70} {
		f := float64(i)
		var p Path
		for x := -20.0; x < 1210; {
			w := c.r(40, 90)
			h := c.r(20, 60)
			p = p.and(rect(x, 600+30*f-h, w+2, 300), poly(x-2, 601+30*f-h, x+w/2, 585+30*f-h, x+w+4, 601+30*f-h))
			x += w
		}
		c.Fill(p.and(rect(260+500*f, 440+50*f, 20, 300)), hex(col), 1)
	}
	c.Mist(480, 700, hex(0xffdfae), .6)
	// The chimney, eight-sided, banded, its left side lit.
	c.Fill(poly(596, 700, 628, 92, 700, 92, 732, 700), across(596, 732, hex(0x7a4038), hex(0x5c302f), hex(0x47272b), hex(0x8a4c36)), 1)
	for i := range 46 {
		t := float64(i) / 46
		y := 100 + 600*t
		c.Line(hex(0x2d1a20), .22, 1.5, 628-32*t, y, 700+32*t, y)
	}
	for _, b := range [][3]float64{{84, 44, 14}, {98, 40, 6}, {132, 39, 7}, {300, 48, 9}, {500, 58, 9}} {
		c.Fill(rect(664-b[1], b[0], 2*b[1], b[2]), across(664-b[1], 664+b[1], hex(0xa0604a), hex(0x5f3430), hex(0xb4704c)), 1)
	}
	for i := range 9 {
		f := float64(i)
		c.Soft(ellipse(690+f*52+c.r(-8, 8), 62-f*5+c.r(-10, 10), 34+f*13, 15+f*4.5), hex(0xfff4dc).mix(hex(0xd8bfa8), c.r(0, .7)), .5-.045*f, 12)
	}
	// Saw-tooth sheds before it.
	for r := range 2 {
		f := float64(r)
		w, y, h := 150+50*f, 700+70*f, 70+24*f
		col := []RGB{hex(0x5a3c40), hex(0x2e262f)}[r]
		for x := -40 - 60*f; x < 1220; x += w {
			c.Fill(poly(x, 820, x, y, x+w*.22, y-h, x+w, y, x+w, 820), col, 1)
			c.Fill(poly(x+w*.03, y-4, x+w*.205, y-h*.9, x+w*.205, y-4), down(y-h, y, hex(0xfbe3b0), hex(0x9fb2ac)), .9)
			for k := 1; k < 4; k++ {
				u := x + w*(.03+.175*float64(k)/4)
				c.Line(col, 1, 2.4, u, y, u, y-h)
			}
			c.Line(hex(0xffd79a), .75, 2.4, x+w*.22, y-h, x+w, y)
		}
	}
	for range 9 {
		x, y := c.r(150, 480), c.r(160, 330)
		k := c.r(6, 11)
		c.Fill(stroke(1.6, curve(points(x-k, y-k*.3, x-k*.4, y-k*.5, x, y, x+k*.4, y-k*.6, x+k, y-k*.4))), hex(0x5c4a48), .85)
	}
	c.Vignette(.25)
}

// printingPress is a web of paper running over rollers.
func printingPress(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), radial(640, 300, 820, hex(0x4d7078), hex(0x2b4751), hex(0x152730)), 1)
	for i := range 9 {
		x := 20 + 150*float64(i)
		c.Fill(rect(x, 0, 16, 800), hex(0x183039), .55)
		for j := range 10 {
			c.Fill(circle(x+8, 30+82*float64(j), 3), hex(0x6f949a), .5)
		}
	}
	c.Fill(rect(0, 96, 1200, 26).and(rect(0, 640, 1200, 20)), down(96, 122, hex(0x2f5660), hex(0x14252d)), 1)
	c.Beam(poly(420, -20, 700, -20, 980, 760, 240, 760), hex(0xffe6b8), .16, 46)
	// Rollers lie in depth: each is a disc drawn out along (dx, dy), and the
	// web between them is the same way drawn out of its edge.
	const dx, dy = 330.0, -128.0
	steel := []RGB{hex(0x1a2429), hex(0x5f7074), hex(0xf2f3ec), hex(0x8b999a), hex(0x2c3a40), hex(0x141c20)}
	roll := func(x, y, r float64, cols ...RGB) {
		nx, ny := -dy/math.Hypot(dx, dy), dx/math.Hypot(dx, dy)
		body := circle(x, y, r).and(circle(x+dx, y+dy, r), poly(x+nx*r, y+ny*r, x+dx+nx*r, y+dy+ny*r, x+dx-nx*r, y+dy-ny*r, x-nx*r, y-ny*r))
		c.Shade(body.shift(20, 40), hex(0x0a151a), .6, 16)
		c.Fill(body, PaintFunc(func(px, py float64) RGB {
			return ramp(.5+.5*((px-x)*nx+(py-y)*ny)/r, cols)
		}), 1)
	}
	disc := func(x, y, r float64, col RGB) {
		c.Fill(circle(x, y, r), across(x-r, x+r, col.mul(1.3), col.mul(.7)), 1)
		c.Fill(circle(x, y, r).cut(circle(x, y, r*.88)), col.mul(.5), .9)
		c.Fill(circle(x, y, r*.34), hex(0x18282f), 1)
		c.Fill(circle(x, y, r*.2), radial(x-r*.05, y-r*.05, r*.25, hex(0xf6d08a), hex(0x9a6d35)), 1)
	}
	// web draws the sheet between two places of its edge, with columns on it.
	web := func(x0, y0, x1, y1, k float64, printed bool) {
		q := quad{{x0 + dx*.95, y0 + dy*.95}, {x1 + dx*.95, y1 + dy*.95}, {x1 + dx*.05, y1 + dy*.05}, {x0 + dx*.05, y0 + dy*.05}}
		c.Fill(q.box(0, 0, 1, 1), hex(0xfaf4e3).mul(k), 1)
		if !printed {
			return
		}
		for p := range 2 {
			v0 := .06 + .48*float64(p)
			c.Fill(q.box(.08, v0, .13, v0+.4), hex(0x262d2f), .85*k)
			for i := range 3 {
				v := v0 + .14*float64(i)
				for j := range 12 {
					u := .18 + .06*float64(j)
					c.Fill(q.box(u, v, u+.028, v+.12), hex(0x4a5253), .6*k)
				}
			}
			c.Fill(q.box(.34, v0, .6, v0+.26), []RGB{hex(0x2f7a62), hex(0xb8553a)}[p].mul(k), .95)
		}
	}
	green := []RGB{hex(0x0b2f28), hex(0x1f7a5c), hex(0x8fd9b4), hex(0x1c6a50), hex(0x0b2f28)}
	red := []RGB{hex(0x49161b), hex(0xb8383a), hex(0xf7a08a), hex(0xa12c32), hex(0x3a1014)}
	paper := []RGB{hex(0x9a927c), hex(0xf6efdc), hex(0xfffcf0), hex(0xe3d9c0), hex(0xa89e86), hex(0x6f6858)}
	roll(130, 560, 128, paper...)
	roll(380, 250, 60, steel...)
	web(64, 452, 330, 214, .93, false)
	roll(560, 470, 92, green...)
	web(436, 272, 474, 438, .8, false)
	roll(420, 560, 46, red...)
	roll(690, 262, 60, steel...)
	web(642, 426, 640, 226, .72, false)
	web(746, 284, 800, 530, .97, true)
	roll(850, 560, 64, steel...)
	web(870, 622, 1230, 640, 1, true)
	for _, e := range [][3]float64{{380, 250, 60}, {690, 262, 60}, {850, 560, 64}} {
		disc(e[0], e[1], e[2], hex(0x5f7074))
	}
	disc(560, 470, 92, hex(0x1f6a52))
	disc(420, 560, 46, hex(0x9a2f30))
	disc(130, 560, 128, hex(0xd8ceb4))
	for i := range 9 {
		c.Fill(stroke(1.4, sector(130, 560, 46+8.4*float64(i), 46+8.4*float64(i), 0, 1)), hex(0x8f8570), .6)
	}
	c.Vignette(.4)
}

// bakery is loaves cooling on racks in the light of the oven.
func bakery(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), radial(980, 470, 900, hex(0xd98a48), hex(0x8a5232), hex(0x4a2f28), hex(0x2c2024)), 1)
	for j := range 20 {
		for i := range 19 {
			x := float64(i)*70 - 40 + 35*float64(j%2)
			c.Fill(round(x, float64(j)*34, 66, 31, 3), hex(0xe2b98a).mul(.6+.25*hash(2, i, j)), .16)
		}
	}
	mouth := arch(990, 600, 330, 120, 150)
	c.Fill(arch(990, 612, 410, 128, 196), hex(0x5a3128), 1)
	for i := range 17 {
		s, k := math.Sincos(math.Pi * (1 + float64(i)/16))
		c.Line(hex(0x2a1815), .8, 4, 990+k*166, 482+s*152, 990+k*206, 484+s*196)
	}
	c.Fill(mouth, radial(990, 560, 220, hex(0xfff0b8), hex(0xffb94e), hex(0xe06a24), hex(0x7a2a16)), 1)
	c.In(mouth, func() {
		for i := range 3 {
			c.loaf(900+90*float64(i), 596-16*float64(i%2), 44, 1)
		}
	})
	c.Fill(rect(760, 600, 460, 22), hex(0x3a2420), 1)
	c.Fill(rect(760, 622, 460, 200), down(622, 800, hex(0x5c3529), hex(0x2a1a1a)), 1)
	c.Glow(990, 540, 560, hex(0xff9a40), .5)
	iron := hex(0x1e181b)
	for j := range 5 {
		y := 150 + 142*float64(j)
		c.Shade(rect(50, y+8, 660, 34), hex(0x3a2420), .7, 10)
		kind := j % 4
		n := []int{7, 6, 9, 5}[kind]
		for i := range n {
			x := 60 + 640*(float64(i)+.5)/float64(n)
			c.Soft(ellipse(x+8, y-2, 280/float64(n), 8), hex(0x1a1010), .7, 5)
			c.loaf(x, y, 300/float64(n), kind)
		}
		c.Fill(rect(40, y, 680, 9), down(y, y+9, hex(0xb98d62), hex(0x4a3428)), 1)
	}
	for _, x := range []float64{36, 712} {
		c.Fill(rect(x, 20, 14, 800), across(x, x+14, hex(0x55443c), iron), 1)
	}
	c.Line(hex(0xc99a5e), 1, 9, 720, 792, 1010, 652)
	c.Fill(ellipse(1040, 640, 60, 17).turn(1040, 640, -.42), hex(0xd9ac6c), 1)
	for i := range 12 {
		c.Soft(ellipse(160+45*float64(i), 90+c.r(-50, 40), 40, 26), hex(0xffe2b8), .07, 16)
	}
	c.Bloom(.75, 22, .3)
	c.Vignette(.4)
}

// loaf draws bread that stands on y; kinds are round, tin, roll and long.
func (c *Canvas) loaf(x, y, r float64, kind int) {
	crust := []RGB{hex(0xb9692c), hex(0xc98238), hex(0xd79a4c), hex(0xa85a26)}[kind].mul(c.r(.9, 1.1))
	h := r * []float64{1.15, 1.5, .9, 2.0}[kind]
	var p Path
	switch kind {
	case 1:
		p = rect(x-r*.8, y-h*.6, r*1.6, h*.6).and(ellipse(x-r*.4, y-h*.62, r*.55, r*.42), ellipse(x+r*.4, y-h*.62, r*.55, r*.42), ellipse(x, y-h*.68, r*.5, r*.42))
	case 3:
		h = r * 1.1
		p = ring(append(sector(x, y-h*.3, r*.98, h*.62, .5, 1), Pt{x + r*.8, y}, Pt{x - r*.8, y}))
	default:
		p = ring(append(sector(x, y-h*.35, r*.92, h*.62, .5, 1), Pt{x + r*.74, y}, Pt{x - r*.74, y}))
	}
	c.Fill(p, down(y-h, y, crust.mix(hex(0xffe0a0), .45), crust, crust.mul(.5)), 1)
	c.In(p, func() {
		c.Soft(ellipse(x-r*.25, y-h*.72, r*.4, h*.14), hex(0xfff0c8), .5, r*.12)
		for i := range 3 {
			u := x + (float64(i)-1)*r*.42
			if kind == 0 || kind == 3 {
				c.Fill(stroke(r*.09, curve(points(u-r*.16, y-h*.35, u, y-h*.62, u+r*.2, y-h*.88))), hex(0xf6dcae), .85)
				c.Fill(stroke(r*.03, curve(points(u-r*.1, y-h*.33, u+r*.06, y-h*.6, u+r*.26, y-h*.86))), crust.mul(.45), .8)
			}
		}
	})
}
