import json
from datetime import date, datetime, timedelta, UTC
from pathlib import Path
from saas import clock
from saas.cases import services
from saas.cases.snapshot import snapshot
from saas.documents import jobs, render
from saas.documents.queries import list_documents, with_numbers
from saas.files import store
from saas.identity.actor import citizen
from tests.mediation import factory
OUT=Path("/tmp/r_docs"); OUT.mkdir(exist_ok=True)
def dump(case, tag):
    for i,d in enumerate(list_documents(case.id)):
        jobs.make(d)
        (OUT/f"{tag}-{i:02d}-{d.form_code.split('.')[1]}.pdf").write_bytes(store.get(d.storage_key))
def test_a(beijing, in_tenant):
    with in_tenant(beijing):
        v = factory.application(on_behalf="agent", agent_name="<b>䶮㛃𬭊</b>", applicant_name="赵䶮㛃𬭊", applicant_ethnicity=None, applicant_kind="natural", respondent_kind="legal", respondent_name="北京<script>某某物业管理有限责任公司大兴区第二分公司", respondent_representative="王法定", respondent_phone="010-69240000", respondent_address="北京市大兴区黄村镇某某路1号院2号楼3层301室", amount=123456789)
        c = services.open_case(factory.PROCESS, "apply", v, by=citizen("赵"), unit=factory.body("兴和人民调解委员会"))
        factory.act(c,"accept",factory.ACCEPTED|{"remark":"无"},"zhaoxh")
        factory.act(c,"appoint",{"chosen_by":"chosen","handler":str(factory.actor("sunli").id),"helpers":"周敏、李四"},"zhaoxh")
        factory.act(c,"investigate",{"held_at":"2026-11-20T09:00:00+08:00","place":"现场","participants":None,"interviewee":"张三","interviewee_detail":None,"recorder":"孙丽","content":"问：情况如何？\n答：楼上漏水，很严重，多次沟通。"},"sunli")
        factory.act(c,"session",factory.SESSION|{"content":"一段很长的话。"*900},"sunli")
        factory.act(c,"warn",{"danger":"双方发生推搡，可能激化矛盾。","colour":"red","reported_to":"兴丰派出所","reported_at":"2026-11-20T10:00:00+08:00","measures":"劝离"},"sunli")
        eff=clock.today()-timedelta(days=0)
        factory.act(c,"agree_written",factory.agreement(eff, terms="3.5万元由甲方分期支付。\n1.第一期支付1.5万元。\n二、双方和好。", agreed_amount=3500000, copies=None),"sunli")
        factory.act(c,"apply_confirmation",{"court_name":"北京市大兴区人民法院","applied_on":str(clock.today()),"jointly":True},"sunli")
        factory.act(c,"court_filed",{"filed_on":str(clock.today()),"court_case_number":"（2026）京0115民特1号"},"sunli")
        factory.act(c,"confirm",{"ruled_on":str(clock.today()),"ruling_number":"（2026）京0115民特1号"},"sunli")
        factory.act(c,"perform",{"performance":"immediate","performed_on":str(clock.today()),"proof":None},"sunli")
        factory.act(c,"revisit",{"revisited_on":str(clock.today()),"revisit_mode":"phone","performance_found":"已履行","satisfaction":"satisfied","sued":None,"hidden_danger":None},"sunli")
        factory.act(c,"compile",{"retention":"y10","statement":"无"},"sunli")
        dump(c,"A")
        shot=with_numbers(snapshot(c),c.id)
        from saas.documents.queries import get_form
        for k in ("cover","statement","back_cover"):
            (OUT/f"A-z-{k}.pdf").write_bytes(render.preview(get_form(f"mediation.{k}"),shot))
def test_b(zunyi, in_tenant):
    with in_tenant(zunyi):
        un="汇川区人民调解委员会"
        from saas.identity.models import User
        from saas.db.session import db
        from sqlalchemy import select
        print([u.username+":"+u.person.name+":"+",".join(g.role.code+"@"+g.unit.name for g in u.grants) for u in db.session.scalars(select(User))])
        v={"applicant_kind":"legal","applicant_name":"遵义某某有限公司","applicant_id_number":None,"applicant_phone":None,"applicant_address":None,"respondent_kind":"natural","respondent_name":"钱大伟","respondent_phone":None,"respondent_address":None,"kind":"16","area":"520303001","source":"court_filed","origin_unit":"遵义市汇川区人民法院","origin_number":"（2026）黔0303民初1号","received_on":"2026-11-20","facts":"因道路交通事故产生损害赔偿纠纷，法院委托调解。","amount":None}
        c=services.open_case(factory.PROCESS,"entrust",v,by=factory.actor("zhaoxh") if False else factory.actor(next(u.username for u in db.session.scalars(select(User)) if any(g.role.code=="director" and g.unit.name==un for g in u.grants))),unit=factory.body(un))
        d=next(u.username for u in db.session.scalars(select(User)) if any(g.role.code=="director" and g.unit.name==un for g in u.grants))
        factory.act(c,"accept",factory.ACCEPTED,d)
        factory.act(c,"appoint",{"chosen_by":"appointed","handler":str(factory.actor(d).id),"helpers":None},d)
        factory.act(c,"session",factory.SESSION,d)
        factory.act(c,"agree_oral",{**factory.agreement(clock.today()),"parties_waive_writing":True,"agreed_amount":None},d)
        dump(c,"B")
        for row in c.clocks: print(row.code,row.started_on,row.due_on,row.trail)
        c=services.open_case(factory.PROCESS,"entrust",v,by=factory.actor(d),unit=factory.body(un))
        factory.act(c,"refuse",{"refuse_reason":"already_taken","guidance":["litigation","legal_aid"],"guidance_text":"请到汇川区人民法院立案庭咨询。"},d)
        dump(c,"C")
        c=services.open_case(factory.PROCESS,"entrust",v,by=factory.actor(d),unit=factory.body(un))
        factory.act(c,"accept",factory.ACCEPTED,d)
        factory.act(c,"appoint",{"chosen_by":"appointed","handler":str(factory.actor(d).id),"helpers":None},d)
        factory.act(c,"end",{"end_reason":"failed","reason":"双方差距太大，调解不成。","remedies":["litigation"]},d)
        dump(c,"D")
