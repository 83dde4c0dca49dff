import io
from uuid import uuid4
import pytest
from saas.cases.models import Case
from saas.db.session import db
from sqlalchemy import select
from tests.browsers import hidden_fields
from tests.mediation import factory
from tests.saas.web.staff.sending import as_sent, send

import tests.browsers as tb
tb.inspect=lambda r: None
ODD = ["\x00", "a\x00b", "😀"*50, "9"*400, "2026-02-30", "<script>alert(1)</script>", "=1+1", "-1", "NaN", "1e309", "٣", "²", "\ud800".encode("utf-8","surrogatepass").decode("utf-8","replace"), "on", "00000000-0000-0000-0000-000000000000", "0000-00-00", "9999-12-31","0001-01-01T00:00", "1", "[]", "{}", "x"*20000, "%00", "../../etc", "2026-11-22T25:61"]

def forms():
    import blueprints
    from saas.domain import field_form
    return None

@pytest.fixture
def results(): 
    bad=[]
    yield bad
    for b in bad: print("BAD", b)

def test_get(as_user, client, beijing, in_tenant, results, app):
    app.testing=False; app.config["PROPAGATE_EXCEPTIONS"]=False
    d = as_user("zhaoxh")
    with in_tenant(beijing):
        n = factory.open_application().number
    for o in ODD:
        from urllib.parse import quote
        q = quote(o, safe="")
        for u in [f"/staff/cases?q={q}", f"/staff/cases?state={q}", f"/staff/cases?kind={q}", f"/staff/cases?handler={q}", f"/staff/cases?from={q}&to={q}", f"/staff/cases?page={q}", f"/staff/work?q={q}&state={q}", f"/staff/work?page={q}", f"/staff/work?due={q}&mine={q}", f"/staff/cases/{q}", f"/staff/cases/{n}?tab={q}", f"/staff/cases/{n}/act/{q}", f"/staff/cases.xlsx?q={q}&columns={q}", f"/staff/open/{q}/apply", f"/staff/open/mediation.dispute/{q}", f"/staff/statistics?period={q}", f"/staff/cases/{n}/preview/{q}.pdf", f"/progress/{q}", f"/apply/mediation.dispute/apply/{q}", f"/apply/{q}/{q}/who", f"/guide/{q}/{q}", f"/apply/done/{q}", f"/sign-in?next={q}", f"/staff/cases/{n}?tab=materials&x={q}", f"/staff/inbox?page={q}", f"/{q}"]:
            if u.startswith("/staff/cases/?") : continue
            r = d.get(u)
            if r.status_code>=500: results.append((u[:120], r.status_code))

def test_posts(as_user, client, beijing, in_tenant, results, app):
    app.testing=False; app.config["PROPAGATE_EXCEPTIONS"]=False
    from blueprints.mediation.domain import DOMAIN
    from saas.workflow.queries import get_definition
    d = as_user("zhaoxh")
    with in_tenant(beijing):
        c = factory.open_application(); n = c.number
    fs = {f.key: f for f in DOMAIN.fields.values()}
    for way in ("apply","initiate","transfer","entrust"):
        f = DOMAIN.fields[f"mediation.{way}"]
        base = as_sent(factory.application())
        ids = {x.id for x in f.fields}
        base = {k:v for k,v in base.items() if k in ids}
        base |= {"received_on":"2026-11-20","origin_unit":"x","source":"court" if way=="entrust" else "police" if way=="transfer" else "initiative"} if way!="apply" else {}
        if way=="initiate": base.pop("received_on"); base.pop("origin_unit")
        for x in f.fields:
            for o in ODD[:22]:
                if x.type=="file": continue
                r = send(d, f"/staff/open/mediation.dispute/{way}", base | {x.id: [o, o] if o=="on" else o})
                if r.status_code>=500: results.append((way, x.id, o[:30], r.status_code))
    for a,fk in [(t,f"mediation.{t}") for t in ("accept","refuse","withdraw")]:
        f = DOMAIN.fields[fk]
        for x in f.fields:
            for o in ODD:
                if o in ("on","1") : continue
                r = send(d, f"/staff/cases/{n}/act/{a}", {x.id:o})
                if r.status_code>=500: results.append((a, x.id, o[:30], r.status_code))

def test_posts_mediating(as_user, client, beijing, in_tenant, results, app):
    app.testing=False; app.config["PROPAGATE_EXCEPTIONS"]=False
    from blueprints.mediation.domain import DOMAIN
    with in_tenant(beijing):
        c = factory.mediating(); n = c.number
    d = as_user("sunli")
    good = {"session": factory.SESSION|{"held_at":"2026-11-20T09:00"}, "agree_written": factory.agreement(__import__("datetime").date(2026,11,22))}
    for a,fk in [("session","session"),("investigate","investigate"),("warn","warn"),("extend","extend"),("suspend","suspend"),("agree_written","agree"),("agree_oral","agree_oral"),("end","end")]:
        f = DOMAIN.fields["mediation."+fk]
        for x in f.fields:
            for o in ODD:
                base = as_sent(good[a]) if a in good else {}
                r = send(d, f"/staff/cases/{n}/act/{a}", base|{x.id:o})
                if r.status_code>=500: results.append((a, x.id, o[:30], r.status_code))

def test_citizen(client, beijing, results, app, monkeypatch):
    app.testing=False; app.config["PROPAGATE_EXCEPTIONS"]=False
    from blueprints.mediation.domain import DOMAIN
    from tests.portal.applying import send as sp
    f = DOMAIN.fields["mediation.apply"]
    v = client(beijing)
    for p in f.pages:
        for x in p.fields:
            for o in ODD[:20]:
                r = sp(v, p.id, {x.id:o})
                if r.status_code>=500: results.append((p.id, x.id, o[:30], r.status_code))
                r = v.get(f"/apply/mediation.dispute/apply/{p.id}")
                if r.status_code>=500: results.append(("GET",p.id, x.id, o[:30], r.status_code))
    for o in ODD:
        for u,fields in (("/progress",("number","secret")),("/resume",("code","tail")),("/sign-in",("username","password"))):
          for fl in fields:
            h = hidden_fields(v.get(u).text)
            r = v.post(u, data={"_csrf":h["_csrf"],"_key":str(uuid4()), **{k:"1234" for k in fields}, fl:o})
            if r.status_code>=500: results.append((u, fl, o[:30], r.status_code))
